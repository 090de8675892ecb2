import type { shippedWorker as replaced } from "../../crypto/worker/shipped-worker.ts";

/** For a page in a single file, which provides the worker's text or encrypts on the main thread. */
export const shippedWorker: typeof replaced = {
  start: () => {
    throw new TypeError("This page has no worker file.");
  },
  beside: "",
};
