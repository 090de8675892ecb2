import { CallError, unreachable } from "../../errors.ts";
import { cipherModes } from "../can-encrypt.ts";
import type { CipherMode } from "../can-encrypt.ts";
import { startPageEngine, startWorkerEngine } from "./cipher-engine.ts";
import type { CipherEngine, TrackEnd } from "./cipher-engine.ts";
import type { ForeignLayout } from "../frames/frame-layout.ts";
import type { TrackId } from "../agreement/key-schedule.ts";
import { WorkerFuse } from "./worker-fuse.ts";
import type { CipherReport, CipherRole, TrackCounts, TransformOptions } from "./worker-protocol.ts";

/** What a frame cipher tells of itself. */
export interface FrameCipherListener {
  /** The first frame of a track has been opened: from now on it is worth showing. */
  opened(track: TrackId): void;
  /** The worker is gone. Nothing passes any more, in clear or otherwise. */
  lost(): void;
}

/** How a frame cipher is set up. */
export interface FrameCipherOptions {
  /**
   * Where the worker's script is, for pages whose content security policy wants it in a certain place. A `blob:` address is started
   * as a classic script, every other as a module: a page from `file:` can start nothing but the former.
   */
  readonly workerUrl?: string | URL | null;
  /** Encrypt on the main thread, whatever the engine could do: for hosts that know their WebView's workers to be faulty. */
  readonly onMainThread?: boolean;
  readonly fuse?: WorkerFuse;
  /** Whether, where no storage can hold the fuse's mark, frames are encrypted on the main thread: for hosts whose WebView may crash. */
  readonly needsFuse?: boolean;
  /** What {@link FrameCipher.setCompatibleKey} needs on the main thread. In a worker it needs the script that has the same layout. */
  readonly foreignLayout?: ForeignLayout;
  /** The ways to choose from, best first; those of this engine by default. */
  readonly modes?: readonly CipherMode[];
}

/**
 * The page's handle on the encryption of one call's frames, wherever that runs.
 *
 * `attachSender` and `attachReceiver` must run in the same turn of the event loop that made the sender or receiver: Chromium bypasses
 * a transform that comes later, without a word. The connection must have been made with `encodedInsertableStreams`, so that frames
 * are dropped, not passed, until the cipher has taken over.
 */
export class FrameCipher {
  /** Settles once frames can be taken over. Rejects with `encryption-unsupported` where there is no way left. */
  readonly ready: Promise<void>;
  readonly #listener: FrameCipherListener;
  readonly #options: FrameCipherOptions;
  readonly #fuse: WorkerFuse;
  readonly #attached = new Map<string, () => void>();
  readonly #counting = new Map<number, (counts: readonly TrackCounts[]) => void>();
  #engine: CipherEngine | null = null;
  #requests = 0;
  #isClosed = false;

  constructor(listener: FrameCipherListener, options: FrameCipherOptions = {}) {
    this.#listener = listener;
    this.#options = options;
    this.#fuse = options.fuse ?? new WorkerFuse();
    this.ready = this.#start();
    // Whoever waits for it hears of it; a call that was closed meanwhile has nobody who waits.
    this.ready.catch(() => undefined);
  }

  /** The way that is used; `null` before `ready`. */
  get mode(): CipherMode | null {
    return this.#engine?.mode ?? null;
  }

  /** @returns once the sender's frames are in the cipher's hands: then, and only then, it may be given a track. */
  attachSender(sender: RTCRtpSender, track: TrackId): Promise<void> {
    return this.#attach(sender, { side: "seal", track });
  }

  attachReceiver(receiver: RTCRtpReceiver, track: TrackId): Promise<void> {
    return this.#attach(receiver, { side: "open", track });
  }

  /** Gives the cipher the secret of epoch 0. Only the first counts. */
  setKeys(secret: CryptoKey, role: CipherRole): void {
    this.#engine?.command({ type: "keys", secret, role });
  }

  /**
   * Gives the cipher the key of a call in a foreign layout instead; `null` for a layout that has none. Only the first of both kinds
   * counts.
   */
  setCompatibleKey(key: CryptoKey | null): void {
    this.#engine?.command({ type: "compatible-key", key });
  }

  /** Tells what the payload types mean, for engines whose frames do not name their codec. */
  setPayloadTypes(mimeTypes: ReadonlyMap<number, string>): void {
    this.#engine?.command({ type: "payload-types", mimeTypes });
  }

  /** @returns the counts of every track; never settles once the worker is gone. */
  counts(): Promise<readonly TrackCounts[]> {
    return new Promise((resolve) => {
      const request = this.#requests++;
      this.#counting.set(request, resolve);
      this.#engine?.command({ type: "count", request });
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#fuse.clear();
    this.#engine?.close();
    this.#attached.clear();
    this.#counting.clear();
  }

  async #start(): Promise<void> {
    const engine = await this.#choose();
    if (this.#isClosed) engine.close();
    else this.#engine = engine;
  }

  async #choose(): Promise<CipherEngine> {
    const modes = this.#options.modes ?? cipherModes();
    const mayUsePage = modes.includes("main-thread");
    const [mode] = modes;
    if (mode === undefined)
      throw new CallError("encryption-unsupported", "This engine does not hand over its frames.");
    const report = (message: CipherReport) => {
      this.#take(message);
    };
    const { foreignLayout, workerUrl = null } = this.#options;
    if (mode === "main-thread" || (mayUsePage && (await this.#avoidsWorker())))
      return startPageEngine(report, foreignLayout);
    try {
      return await startWorkerEngine(mode, workerUrl, report, () => {
        if (!this.#isClosed) this.#listener.lost();
      });
    } catch (thrown) {
      if (!mayUsePage) throw thrown;
      return startPageEngine(report, foreignLayout);
    }
  }

  async #avoidsWorker(): Promise<boolean> {
    const { onMainThread = false, needsFuse = false } = this.#options;
    return onMainThread || (needsFuse && !this.#fuse.canMark) || (await this.#fuse.isBlown());
  }

  #attach(end: TrackEnd, options: TransformOptions): Promise<void> {
    const engine = this.#engine;
    if (engine === null)
      return Promise.reject(
        new CallError("internal", "Frames were attached before the cipher was ready."),
      );
    if (engine.mode !== "main-thread") this.#fuse.set();
    return new Promise((resolve) => {
      this.#attached.set(nameOf(options), resolve);
      engine.attach(end, options);
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
        this.#fuse.sealed(
          report.counts.reduce((sum, { sealed }) => sum + sealed, 0),
          performance.now(),
        );
        this.#counting.get(report.request)?.(report.counts);
        this.#counting.delete(report.request);
        break;
      default:
        unreachable(report);
    }
  }
}

function nameOf({ side, track }: TransformOptions): string {
  return `${side} ${track}`;
}
