import type { ForeignLayout } from "../frames/frame-layout.ts";
import { FramePipeline } from "../frames/frame-pipeline.ts";
import type { CipherReport } from "./worker-protocol.ts";

/** Returns a pipeline that runs in the page. */
export const pipelineFor = (
  report: (report: CipherReport) => void,
  foreign?: ForeignLayout,
): FramePipeline => new FramePipeline(report, foreign);
