import { CompatibleFrames } from "../frames/compatible-frames.ts";
import type { ForeignLayout } from "../frames/frame-layout.ts";
import { FramePipeline, runWorker } from "../frames/frame-pipeline.ts";
import type { CipherReport } from "./worker-protocol.ts";

/*
 * Frame worker for calls with SimpleX's own apps. Bundled, it has no imports, and also runs as a classic script. A page from
 * `file:` can start a worker from a `blob:` URL only.
 */
const layout: ForeignLayout = (key) => key && new CompatibleFrames(key);

/** The same pipeline for the page, where no worker may process frames. */
export const pipelineFor = (report: (report: CipherReport) => void): FramePipeline =>
  new FramePipeline(report, layout);

if (typeof document === "undefined") runWorker(layout);
