import type { loadKeySharesFallback as replacedFallback } from "../../crypto/agreement/load-key-shares-fallback.ts";
import type { shippedWorker as replacedWorker } from "../../crypto/worker/shipped-worker.ts";

/** For a page in a single file, which provides the worker's text or encrypts on the main thread. */
export const shippedWorker: typeof replacedWorker = {
  start: () => {
    throw new TypeError("This page has no worker file.");
  },
  url: "",
};

/**
 * For SimpleX's pages: the fallback is 15 kB. An engine without a key share uses the other app's encryption instead, as in the
 * app's own page.
 */
export const loadKeySharesFallback: typeof replacedFallback = () =>
  Promise.reject(new TypeError("The fallback for key shares is not in this page."));
