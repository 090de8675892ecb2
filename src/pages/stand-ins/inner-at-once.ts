import * as inner from "../../define/inner.ts";
import type { loadInner as replaced } from "../../define/load-inner.ts";

/** For a classic script, which contains the elements. */
export const loadInner: typeof replaced = () => Promise.resolve(inner);
