import type { LitElement, ReactiveController } from "lit";

/** Milliseconds between updates of the ring; the style animates in between. Each reading requests connection statistics. */
const pace = 200;

/** Level below which sound is noise: 0 to 1, linear. */
const floor = 0.008;

/**
 * Returns the size of the ring for a level, 0 to 1 in steps of 0.05. Follows the power of sound, like hearing, and decays
 * slowly so that syllables do not flicker.
 *
 * @param level - linear, 0 to 1.
 * @param before - previous size.
 */
export function ringSize(level: number, before: number): number {
  const loud = level < floor ? 0 : Math.min(1, Math.sqrt(level) * 1.5);
  // Rounded down: rounding up would never reach zero.
  return Math.floor(Math.max(loud, before * 0.5) * 20) / 20;
}

/**
 * Sets the custom property `--_voice`, 0 to 1, of elements of the class `voice` from the other side's level. No measurement and
 * no timer while hidden.
 */
export class VoiceRing implements ReactiveController {
  readonly #host: LitElement;
  readonly #level: () => number | null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #size = 0;

  /** @param level - returns the level, 0 to 1, linear; `null` for none. */
  constructor(host: LitElement, level: () => number | null) {
    this.#host = host;
    this.#level = level;
    host.addController(this);
  }

  get isRunning(): boolean {
    return this.#timer !== undefined;
  }

  hostConnected(): void {
    document.addEventListener("visibilitychange", this.#update);
  }

  hostDisconnected(): void {
    document.removeEventListener("visibilitychange", this.#update);
    this.#stop();
  }

  hostUpdated(): void {
    this.#update();
  }

  readonly #update = (): void => {
    const isSeen = this.#host.isConnected && !document.hidden && this.#rings.length > 0;
    if (!isSeen || this.#level() === null) this.#stop();
    else this.#timer ??= setInterval(this.#follow, pace);
  };

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#draw(0);
  }

  readonly #follow = (): void => {
    const level = this.#level();
    if (level === null) this.#stop();
    else this.#draw(ringSize(level, this.#size));
  };

  #draw(size: number): void {
    if (size === this.#size) return;
    this.#size = size;
    for (const ring of this.#rings) ring.style.setProperty("--_voice", String(size));
  }

  get #rings(): NodeListOf<HTMLElement> {
    return this.#host.renderRoot.querySelectorAll<HTMLElement>(".voice");
  }
}
