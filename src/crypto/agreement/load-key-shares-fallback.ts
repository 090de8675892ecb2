/** Loads the key shares without WebCrypto. A module of its own, because a classic script replaces it. */
export const loadKeySharesFallback = () => import("./key-shares-fallback.ts");
