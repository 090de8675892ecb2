import { transportFrames, type ForeignLayout } from "../frames/frame-layout.ts";
import { FramePipeline, runWorker } from "../frames/frame-pipeline.ts";
import type { CipherReport } from "./worker-protocol.ts";

/*
 * Frame worker for calls with Delta Chat's own page. Encrypts frames between two kits, and passes them unchanged otherwise, on
 * the page's command. Also runs as a classic script, like `compatible-worker.ts`.
 */
const layout: ForeignLayout = (key) => (key === null ? transportFrames : null);

/** The same pipeline for the page, where no worker may process frames. */
export const pipelineFor = (report: (report: CipherReport) => void): FramePipeline =>
  new FramePipeline(report, layout);

if (typeof document === "undefined") runWorker(layout);
