import { FramePipeline } from "./frame-pipeline.ts";
import type { CipherCommand, CipherReport, FrameStreams, TransformOptions } from "./worker-protocol.ts";

/*
 * The frame worker: one for each call. It holds the call's keys, and everything that leaves or reaches the call goes through it.
 */

/*
 * The part of the worker's global scope that is used. TypeScript's DOM and WebWorker libraries exclude each other in one project.
 */
interface WorkerScope {
  postMessage(report: CipherReport): void;
  addEventListener(type: "message", listener: (event: { readonly data: CipherCommand }) => void): void;
  /** W3C WebRTC Encoded Transform. */
  addEventListener(
    type: "rtctransform",
    listener: (event: { readonly transformer: FrameStreams & { readonly options: TransformOptions } }) => void,
  ): void;
}

const scope = globalThis as unknown as WorkerScope;
const pipeline = new FramePipeline((report) => {
  scope.postMessage(report);
});

scope.addEventListener("message", ({ data: command }) => {
  pipeline.take(command);
});

scope.addEventListener("rtctransform", ({ transformer }) => {
  void pipeline.run(transformer.options, transformer);
});

scope.postMessage({ type: "ready" });
