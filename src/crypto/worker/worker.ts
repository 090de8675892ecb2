import { runWorker } from "./worker-body.ts";

/*
 * The frame worker: one for each call. It holds the call's keys, and everything that leaves or reaches the call goes through it.
 */
runWorker();
