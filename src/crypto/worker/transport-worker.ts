import { transportFrames } from "../frames/frame-layout.ts";
import { runWorker } from "./worker-body.ts";

/*
 * Frame worker for calls with Delta Chat's own page. Encrypts frames between two kits, and passes them unchanged otherwise, on
 * the page's command. Also runs as a classic script, like `compatible-worker.ts`.
 */
runWorker((key) => (key === null ? transportFrames : null));
