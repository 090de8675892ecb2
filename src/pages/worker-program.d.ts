/** A frame worker, bundled as one function that needs nothing around it: `.tools/build-pages.mjs`. */
declare module "*.ts?program" {
  /** Runs the worker where it is called in one. In a page it only returns what the page runs itself. */
  const program: () => {
    // An import statement would make this file a module, which declares nothing for others.
    // oxlint-disable-next-line typescript/consistent-type-imports
    readonly pipelineFor: typeof import("../crypto/worker/transport-worker.ts").pipelineFor;
  };
  export default program;
}
