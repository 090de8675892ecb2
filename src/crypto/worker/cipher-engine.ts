import { CallError } from "../../errors.ts";
import type { CipherMode } from "../can-encrypt.ts";
import type { ForeignLayout } from "../frames/frame-layout.ts";
import { pipelineFor, type FrameStreams } from "../frames/frame-pipeline.ts";
import { startWorkerAt, startWorkerText, type ScriptAddress } from "./worker-address.ts";
import { shippedWorker } from "./shipped-worker.ts";
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

/** Where a worker's script may be: an address, also one that the page's policy has approved; `null` for the kit's own. */
export type WorkerAddress = string | ScriptAddress | null;

/**
 * Starts a worker and waits until it runs.
 *
 * @param lost called when the worker fails later.
 * @throws {CallError} `encryption-unsupported` where it does not start: its text names the address.
 */
export async function startWorkerEngine(
  mode: Exclude<CipherMode, "main-thread">,
  workerUrl: WorkerAddress,
  report: (report: CipherReport) => void,
  lost: () => void,
): Promise<CipherEngine> {
  const worker = await startWorker(workerUrl);
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
  const pipeline = pipelineFor(report, foreign);
  return {
    mode: "main-thread",
    attach(end, options) {
      void pipeline.run(options, encodedStreams(end));
    },
    command(command) {
      pipeline.handle(command);
    },
    close() {
      pipeline.close();
    },
  };
}

/** One way after the other: an address of the host's, or else the script beside the module, or else its text. */
async function startWorker(workerUrl: WorkerAddress): Promise<Worker> {
  let cause: unknown;
  for (const start of waysToStart(workerUrl)) {
    try {
      const worker = await start();
      if (worker !== null) return await untilItRuns(worker);
    } catch (thrown) {
      // The first error is the most useful: what comes after it is of less use to the host anyway.
      cause ??= thrown;
    }
  }
  throw notStarted(workerUrl, cause);
}

function waysToStart(workerUrl: WorkerAddress): (() => Worker | null | Promise<Worker | null>)[] {
  if (workerUrl !== null) {
    const start = (kind: WorkerType) => () =>
      startWorkerAt(
        typeof workerUrl === "string" ? new URL(workerUrl, document.baseURI) : workerUrl,
        kind,
      );
    // A module of another origin needs CORS there, and a classic script does not.
    return [start("module"), start("classic")];
  }
  return [
    () => shippedWorker.start(),
    async () => {
      const text = await shippedWorker.text?.();
      return text ? startWorkerText(text) : null;
    },
  ];
}

/** @throws {Error} where it does not run: its script is not there, is none, or the page's policy forbids it. */
function untilItRuns(worker: Worker): Promise<Worker> {
  return new Promise((resolve, reject) => {
    const fail = () => {
      worker.terminate();
      reject(new Error("The worker does not run."));
    };
    const timer = setTimeout(fail, startMilliseconds);
    const end = () => {
      clearTimeout(timer);
      worker.removeEventListener("error", failed);
    };
    const failed = (event: Event) => {
      // It is reported by this call, and not to the page as an error that nobody handles.
      event.preventDefault();
      end();
      fail();
    };
    worker.addEventListener("error", failed, { once: true });
    worker.addEventListener(
      "message",
      () => {
        end();
        resolve(worker);
      },
      { once: true },
    );
  });
}

function encodedStreams(end: TrackEnd): FrameStreams {
  const streams = end.createEncodedStreams?.();
  if (streams === undefined)
    throw new CallError("encryption-unsupported", "This engine lacks encoded frames.");
  return streams;
}

function notStarted(workerUrl: WorkerAddress, cause: unknown): CallError {
  const given = typeof workerUrl === "object" ? workerUrl?.toJSON() : workerUrl;
  const address = given ?? shippedWorker.url;
  return new CallError(
    "encryption-unsupported",
    `The worker that encrypts frames could not be started${workerUrl === null ? " beside" : ":"} ${shownAddress(address)}.`,
    { cause },
  );
}

/** Where it lies, without what may be secret in it: neither a user, a query nor a fragment, and of a text nothing but that. */
function shownAddress(address: string): string {
  try {
    const { protocol, origin, pathname } = new URL(address, document.baseURI);
    if (protocol === "blob:" || protocol === "data:") return protocol;
    return `${origin === "null" ? protocol : origin}${pathname}`;
  } catch {
    return "an address that is none";
  }
}
