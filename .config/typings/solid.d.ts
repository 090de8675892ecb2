// The tags in Solid's JSX, which sets properties by `prop:`, and what is in the element's class without it, too; events by `on:`.
import type { JSX } from "solid-js";
import type { Tags } from "./props.js";

type Props<E extends HTMLElement, P> = Omit<JSX.HTMLAttributes<E>, keyof P> &
  P & {
    [K in keyof P & string as K extends `onsx-${infer N}` ? `on:sx-${N}` : `prop:${K}`]?: P[K];
  };
type All = { [T in keyof Tags]: Props<Tags[T]["element"], Tags[T]["props"]> };

declare module "solid-js" {
  namespace JSX {
    interface IntrinsicElements extends All {}
  }
}
