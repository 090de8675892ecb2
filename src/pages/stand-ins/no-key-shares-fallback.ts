import type { loadKeySharesFallback as replaced } from "../../crypto/agreement/load-key-shares-fallback.ts";

/**
 * For SimpleX's pages: the fallback weighs 15 kB. An engine that lacks a key share has the other app's own encryption instead, as in
 * the app's own page.
 */
export const loadKeySharesFallback: typeof replaced = () =>
  Promise.reject(new TypeError("The fallback for key shares is not in this page."));
