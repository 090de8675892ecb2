import { transportFrames } from "../frames/transport-frames.ts";
import { runWorker } from "./worker-body.ts";

/*
 * The frame worker for calls with Delta Chat's own page: the kit's frames with another kit, and frames as they are with everybody
 * else, once the page says so. As `compatible-worker.ts` its text also runs as a classic script.
 */
runWorker((key) => (key === null ? transportFrames : null));
