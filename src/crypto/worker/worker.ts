import { runWorker } from "../frames/frame-pipeline.ts";

/* The frame worker, one per call. It holds the call's keys, and processes all frames of the call. */
runWorker();
