import type { ForeignLayout } from "../frames/frame-layout.ts";
import { FramePipeline } from "../frames/frame-pipeline.ts";
import type {
  CipherCommand,
  CipherReport,
  FrameStreams,
  TransformOptions,
} from "./worker-protocol.ts";

/* The required part of the worker's global scope. TypeScript's DOM and WebWorker libraries exclude each other. */
interface WorkerScope {
  postMessage(report: CipherReport): void;
  addEventListener(
    type: "message",
    listener: (event: { readonly data: CipherCommand }) => void,
  ): void;
  /** W3C WebRTC Encoded Transform. */
  addEventListener(
    type: "rtctransform",
    listener: (event: {
      readonly transformer: FrameStreams & { readonly options: TransformOptions };
    }) => void,
  ): void;
}

/**
 * Body of every frame worker.
 *
 * @param foreign layout for `compatible-key`. Without one such keys are refused.
 */
export function runWorker(foreign?: ForeignLayout): void {
  // Called in a worker only.
  const scope = globalThis as unknown as WorkerScope;
  const pipeline = new FramePipeline((report) => {
    scope.postMessage(report);
  }, foreign);
  scope.addEventListener("message", ({ data: command }) => {
    pipeline.take(command);
  });
  scope.addEventListener("rtctransform", ({ transformer }) => {
    void pipeline.run(transformer.options, transformer);
  });
  scope.postMessage({ type: "ready" });
}
