import type { startShippedWorker as replaced } from "../../crypto/worker/shipped-worker.ts";

/** For a page in a single file, which provides the worker's text or encrypts on the main thread. */
export const startShippedWorker: typeof replaced = () => {
  throw new TypeError("This page has no worker file.");
};
