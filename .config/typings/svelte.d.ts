// The tags in Svelte's templates.
import type { HTMLAttributes } from "svelte/elements";
import type { Tags } from "./props.js";

type Props<E extends EventTarget, P> = Omit<HTMLAttributes<E>, keyof P> & P;
type All = { [T in keyof Tags]: Props<Tags[T]["element"], Tags[T]["props"]> };

declare module "svelte/elements" {
  interface SvelteHTMLElements extends All {}
}
