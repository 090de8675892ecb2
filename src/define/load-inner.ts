/** Registers the elements inside a running call. Alone in its module, because a classic script has a stand-in for it. */
export const loadInner = () => import("./inner.ts");
