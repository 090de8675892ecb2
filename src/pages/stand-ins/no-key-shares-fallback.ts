import type { loadKeySharesFallback as replaced } from "../../crypto/agreement/load-key-shares-fallback.ts";

/**
 * For SimpleX's pages: the fallback is 15 kB. An engine without a key share uses the other app's encryption instead, as in the
 * app's own page.
 */
export const loadKeySharesFallback: typeof replaced = () =>
  Promise.reject(new TypeError("The fallback for key shares is not in this page."));
