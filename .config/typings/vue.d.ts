// The tags in Vue's templates, which know `@sx-signal` as `onSxSignal`.
import type { DefineComponent, HTMLAttributes } from "vue";
import type { Tags } from "./props.js";

type Pascal<S extends string> = S extends `${infer A}-${infer B}`
  ? `${Capitalize<A>}${Pascal<B>}`
  : Capitalize<S>;
type Props<E, P> = Omit<HTMLAttributes, keyof P> & {
  [K in keyof P as K extends `onsx-${infer N}` ? `onSx${Pascal<N>}` : K]: P[K];
} & { ref?: string | ((element: E | null) => void) | undefined };
type All = { [T in keyof Tags]: DefineComponent<Props<Tags[T]["element"], Tags[T]["props"]>> };

declare module "vue" {
  interface GlobalComponents extends All {}
}
