import { CompatibleFrames } from "../frames/compatible-frames.ts";
import { runWorker } from "./worker-body.ts";

/*
 * The frame worker for calls with SimpleX's own apps. It imports nothing at run time once it is bundled, and exports nothing, so
 * that its text also runs as a classic script: from a `blob:` address, the only worker that a page from `file:` may start.
 */
runWorker((key) => key && new CompatibleFrames(key));
