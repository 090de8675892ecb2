/** How each effect is carried out: one handler a type, none missing. */
export type EffectHandlers<Effect extends { readonly type: string }> = {
  readonly [T in Effect["type"]]: (effect: Extract<Effect, { readonly type: T }>) => void;
};

/** Carries an effect out by the handler of its type. */
export function carryOut<Effect extends { readonly type: string }>(
  handlers: EffectHandlers<Effect>,
  effect: Effect,
): void {
  // The handler of an effect's own type takes that effect: TypeScript cannot tell, since both are unions.
  const handler = handlers[effect.type as Effect["type"]] as (effect: Effect) => void;
  handler(effect);
}
