import { CallError, unreachable } from "../errors.ts";
import { canShareKeys } from "./key-shares.ts";
import type { TrackId } from "./key-schedule.ts";
import type { CipherCommand, CipherReport, CipherRole, TrackCounts, TransformOptions } from "./worker-protocol.ts";

/** What a frame cipher tells of itself. */
export interface FrameCipherListener {
  /** The first frame of a track has been opened: from now on it is worth showing. */
  opened(track: TrackId): void;
  /** The worker is gone. Nothing passes any more, in clear or otherwise. */
  lost(): void;
}

/**
 * The page's handle on the frame worker of one call.
 *
 * `attach` must run in the same turn of the event loop that made the sender or receiver: Chromium bypasses a transform that comes
 * later, without a word. The connection must have been made with `encodedInsertableStreams`, so that frames are dropped, not
 * passed, until the worker has taken over.
 */
export class FrameCipher {
  readonly #worker: Worker;
  readonly #listener: FrameCipherListener;
  readonly #attached = new Map<string, () => void>();
  readonly #counting = new Map<number, (counts: readonly TrackCounts[]) => void>();
  #requests = 0;
  #isClosed = false;

  /**
   * @param workerUrl where the worker's script is, for pages whose content security policy wants it in a certain place.
   * @throws {CallError} `encryption-unsupported` where the page may not start a worker.
   */
  constructor(listener: FrameCipherListener, workerUrl: string | URL | null = null) {
    this.#listener = listener;
    try {
      this.#worker =
        workerUrl === null
          ? new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "sx-call frames" })
          : new Worker(workerUrl, { type: "module", name: "sx-call frames" });
    } catch (cause) {
      throw new CallError("encryption-unsupported", "The worker that encrypts frames could not be started.", { cause });
    }
    this.#worker.addEventListener("message", ({ data }: MessageEvent<CipherReport>) => {
      this.#take(data);
    });
    // A script that cannot be loaded, or an exception that nothing caught: either way it no longer works.
    this.#worker.addEventListener("error", () => {
      if (!this.#isClosed) this.#listener.lost();
    });
  }

  /** @returns once the worker has taken the sender's frames: then, and only then, it may be given a track. */
  attachSender(sender: RTCRtpSender, track: TrackId): Promise<void> {
    return this.#attach(sender, { side: "seal", track });
  }

  attachReceiver(receiver: RTCRtpReceiver, track: TrackId): Promise<void> {
    return this.#attach(receiver, { side: "open", track });
  }

  /** Gives the worker the secret of epoch 0. */
  setKeys(secret: CryptoKey, role: CipherRole): void {
    this.#command({ type: "keys", secret, role });
  }

  /** Tells what the payload types mean, for engines whose frames do not name their codec. */
  setPayloadTypes(mimeTypes: ReadonlyMap<number, string>): void {
    this.#command({ type: "payload-types", mimeTypes });
  }

  /** @returns the counts of every track; never settles once the worker is gone. */
  counts(): Promise<readonly TrackCounts[]> {
    return new Promise((resolve) => {
      const request = this.#requests++;
      this.#counting.set(request, resolve);
      this.#command({ type: "count", request });
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#worker.terminate();
    this.#attached.clear();
    this.#counting.clear();
  }

  #attach(end: RTCRtpSender | RTCRtpReceiver, options: TransformOptions): Promise<void> {
    return new Promise((resolve) => {
      this.#attached.set(nameOf(options), resolve);
      end.transform = new RTCRtpScriptTransform(this.#worker, options);
    });
  }

  #take(report: CipherReport): void {
    switch (report.type) {
      case "ready":
        break;
      case "attached":
        this.#attached.get(nameOf(report))?.();
        this.#attached.delete(nameOf(report));
        break;
      case "opened":
        this.#listener.opened(report.track);
        break;
      case "counts":
        this.#counting.get(report.request)?.(report.counts);
        this.#counting.delete(report.request);
        break;
      default:
        unreachable(report);
    }
  }

  #command(command: CipherCommand): void {
    this.#worker.postMessage(command);
  }
}

function nameOf({ side, track }: TransformOptions): string {
  return `${side} ${track}`;
}

/**
 * Whether this engine can encrypt a call: both key shares, and a transform for encoded frames. Asked before a device is.
 */
export async function canEncryptCalls(): Promise<boolean> {
  return typeof RTCRtpScriptTransform === "function" && typeof Worker === "function" && (await canShareKeys());
}
