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
