import { CompatibleFrames } from "../frames/compatible-frames.ts";
import { runWorker } from "./worker-body.ts";

/*
 * Frame worker for calls with SimpleX's own apps. Bundled, it has no imports and no exports, and also runs as a classic script.
 * A page from `file:` can start a worker from a `blob:` URL only.
 */
runWorker((key) => key && new CompatibleFrames(key));
