import program from "../../crypto/worker/compatible-worker.ts?program";
import type { pipelineFor as replaced } from "../../crypto/worker/page-pipeline.ts";

/** For a page that carries the worker's program: the page runs the same one, instead of a second copy. */
export const pipelineFor: typeof replaced = (report) => program().pipelineFor(report);
