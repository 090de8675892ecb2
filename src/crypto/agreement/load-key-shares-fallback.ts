/** Loads the key shares without WebCrypto. Alone in its module, because a classic script has a stand-in for it. */
export const loadKeySharesFallback = () => import("./key-shares-fallback.ts");
