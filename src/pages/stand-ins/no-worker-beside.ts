import type { startShippedWorker as replaced } from "../../crypto/worker/shipped-worker.ts";

/** For a page that is a single file: it gives the worker's text, or encrypts on the main thread. */
export const startShippedWorker: typeof replaced = () => {
  throw new TypeError("No worker lies beside this page.");
};
