import type { ForeignLayout } from "../frames/frame-layout.ts";
import { FramePipeline } from "../frames/frame-pipeline.ts";
import type {
  CipherCommand,
  CipherReport,
  FrameStreams,
  TransformOptions,
} from "./worker-protocol.ts";

/*
 * The part of the worker's global scope that is used. TypeScript's DOM and WebWorker libraries exclude each other in one project.
 */
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
 * What every frame worker does.
 *
 * @param foreign the layout for `compatible-key`; without one such keys are refused.
 */
export function runWorker(foreign?: ForeignLayout): void {
  // Only ever called in a worker: see above.
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
