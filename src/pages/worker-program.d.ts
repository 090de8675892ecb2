/** A frame worker, bundled as one function that needs nothing around it: `.tools/build-pages.mjs`. */
declare module "*.ts?program" {
  import type { pipelineFor } from "../crypto/worker/transport-worker.ts";

  /** Runs the worker where it is called in one. In a page it only returns what the page runs itself. */
  const program: () => { readonly pipelineFor: typeof pipelineFor };
  export default program;
}
