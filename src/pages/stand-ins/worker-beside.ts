import type { startShippedWorker as replaced } from "../../crypto/worker/shipped-worker.ts";
import { beside } from "../beside.ts";

/** For the one file, with the worker as a classic script in the same folder. */
export const startShippedWorker: typeof replaced = () =>
  new Worker(beside("sx-call-worker.js"), { name: "sx-call frames" });
