/** Registers the elements of a running call. A module of its own, because a classic script replaces it. */
export const loadInner = () => import("./inner.ts");
