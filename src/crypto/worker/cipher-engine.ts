import { CallError } from "../../errors.ts";
import type { CipherMode } from "../can-encrypt.ts";
import type { ForeignLayout } from "../frames/frame-layout.ts";
import { FramePipeline } from "../frames/frame-pipeline.ts";
import type { FrameStreams } from "../frames/frame-pipeline.ts";
import { startWorkerAt } from "./worker-address.ts";
import { startShippedWorker } from "./shipped-worker.ts";
import type { CipherCommand, CipherReport, TransformOptions } from "./worker-protocol.ts";

/** A sender or a receiver. `createEncodedStreams` is Chromium's older API, absent in TypeScript's DOM library. */
export type TrackEnd = (RTCRtpSender | RTCRtpReceiver) & {
  createEncodedStreams?: () => FrameStreams;
};

/** A running engine for one of the frame APIs. */
export interface CipherEngine {
  readonly mode: CipherMode;
  /** Must be called in the task that created the sender or receiver. */
  attach(end: TrackEnd, options: TransformOptions): void;
  command(command: CipherCommand): void;
  close(): void;
}

/** Milliseconds for a worker to start. Its script is a small local file. */
const startMilliseconds = 5000;

/**
 * Starts a worker and waits until it runs.
 *
 * @param lost called when the worker fails later.
 * @throws {CallError} `encryption-unsupported` where it does not start.
 */
export async function startWorkerEngine(
  mode: Exclude<CipherMode, "main-thread">,
  workerUrl: string | URL | null,
  report: (report: CipherReport) => void,
  lost: () => void,
): Promise<CipherEngine> {
  const worker = makeWorker(workerUrl);
  await new Promise<void>((resolve, reject) => {
    const fail = () => {
      worker.terminate();
      reject(notStarted(undefined, workerUrl));
    };
    const timer = setTimeout(fail, startMilliseconds);
    worker.addEventListener("error", fail, { once: true });
    worker.addEventListener(
      "message",
      () => {
        clearTimeout(timer);
        worker.removeEventListener("error", fail);
        resolve();
      },
      { once: true },
    );
  });
  let isClosed = false;
  worker.addEventListener("message", ({ data }: MessageEvent<CipherReport>) => {
    report(data);
  });
  // An uncaught exception in the only program that may touch the frames.
  worker.addEventListener("error", () => {
    if (!isClosed) lost();
  });
  return {
    mode,
    attach(end, options) {
      if (mode === "script-transform") {
        end.transform = new RTCRtpScriptTransform(worker, options);
        return;
      }
      const { readable, writable } = encodedStreams(end);
      const command: CipherCommand = { type: "attach", options, readable, writable };
      worker.postMessage(command, [readable, writable]);
    },
    command(command) {
      worker.postMessage(command);
    },
    close() {
      isClosed = true;
      worker.terminate();
    },
  };
}

/** Runs the same pipeline in the page. It responds more slowly while the page is busy. */
export function startPageEngine(
  report: (report: CipherReport) => void,
  foreign?: ForeignLayout,
): CipherEngine {
  const pipeline = new FramePipeline(report, foreign);
  return {
    mode: "main-thread",
    attach(end, options) {
      void pipeline.run(options, encodedStreams(end));
    },
    command(command) {
      pipeline.take(command);
    },
    close() {
      pipeline.close();
    },
  };
}

function makeWorker(workerUrl: string | URL | null): Worker {
  try {
    if (workerUrl === null) return startShippedWorker();
    return startWorkerAt(new URL(workerUrl, location.href));
  } catch (cause) {
    // A page from `file:` cannot start a worker by URL.
    throw notStarted(cause, workerUrl);
  }
}

function encodedStreams(end: TrackEnd): FrameStreams {
  const streams = end.createEncodedStreams?.();
  if (streams === undefined)
    throw new CallError("encryption-unsupported", "This engine does not provide encoded frames.");
  return streams;
}

/** @param workerUrl URL set by the host. The error contains its file name only. */
function notStarted(cause?: unknown, workerUrl: string | URL | null = null): CallError {
  const file = /([\w.-]+\.m?js)(?:[?#]|$)/.exec(String(workerUrl ?? ""))?.[1];
  return new CallError(
    "encryption-unsupported",
    `The worker that encrypts frames${file === undefined ? "" : ` ("${file}")`} could not be started.`,
    { cause },
  );
}
