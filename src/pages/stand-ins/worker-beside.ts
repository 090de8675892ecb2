import type { shippedWorker as replaced } from "../../crypto/worker/shipped-worker.ts";
import { startWorkerAt } from "../../crypto/worker/worker-address.ts";
import { beside } from "../beside.ts";

/** For the one file, which has the worker as a classic script in its own folder, wherever that is. */
export const shippedWorker: typeof replaced = {
  start: () => startWorkerAt(beside("sx-call-worker.js"), "classic"),
  beside: beside("sx-call-worker.js").href,
};
