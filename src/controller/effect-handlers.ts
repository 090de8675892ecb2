import type { PagePorts } from "./ports.ts";

/** Handlers of effects: exactly one per type. */
export type EffectHandlers<Effect extends { readonly type: string }> = {
  readonly [T in Effect["type"]]: (effect: Extract<Effect, { readonly type: T }>) => void;
};

/** Executes an effect by the handler of its type. */
export function carryOut<Effect extends { readonly type: string }>(
  handlers: EffectHandlers<Effect>,
  effect: Effect,
): void {
  // The handler of an effect's type accepts that effect. TypeScript cannot correlate the two unions.
  const handler = handlers[effect.type as Effect["type"]] as (effect: Effect) => void;
  handler(effect);
}

/** The timers of one call, by name. */
export class Timers<Name> {
  readonly #ports: Pick<PagePorts, "setTimer">;
  readonly #ring: (name: Name) => void;
  readonly #stops = new Map<Name, () => void>();

  /** @param ring called when a timer is due. */
  constructor(ports: Pick<PagePorts, "setTimer">, ring: (name: Name) => void) {
    this.#ports = ports;
    this.#ring = ring;
  }

  /** Starts a timer, anew where it runs already. */
  start(name: Name, milliseconds: number): void {
    this.stop(name);
    this.#stops.set(
      name,
      this.#ports.setTimer(milliseconds, () => {
        this.#ring(name);
      }),
    );
  }

  stop(name: Name): void {
    this.#stops.get(name)?.();
    this.#stops.delete(name);
  }

  stopAll(): void {
    for (const stop of this.#stops.values()) stop();
    this.#stops.clear();
  }
}
