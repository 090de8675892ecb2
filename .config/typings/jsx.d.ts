// The tags in React's JSX. `props.d.ts` is beside it in the package, made by the build.
import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { Tags } from "./props.js";

type Props<E, P> = Omit<DetailedHTMLProps<HTMLAttributes<E>, E>, keyof P> & P;
type All = { [T in keyof Tags]: Props<Tags[T]["element"], Tags[T]["props"]> };

export interface CustomElements extends All {}

declare module "react" {
  namespace JSX {
    interface IntrinsicElements extends CustomElements {}
  }
}
