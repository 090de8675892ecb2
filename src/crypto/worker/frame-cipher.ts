import { randomBytes, toBase64url } from "../base64url.ts";
import { CallError, unreachable } from "../../errors.ts";
import { cipherModes, type CipherMode } from "../can-encrypt.ts";
import {
  startPageEngine,
  startWorkerEngine,
  type CipherEngine,
  type TrackEnd,
  type WorkerAddress,
} from "./cipher-engine.ts";
import type { ForeignLayout } from "../frames/frame-layout.ts";
import type { TrackId } from "../agreement/key-schedule.ts";
import type { CipherReport, CipherRole, TrackCounts, TransformOptions } from "./worker-protocol.ts";

/*
 * Some Android WebViews are reported to crash when a worker transforms frames, which a page cannot catch. A mark is stored
 * before the first worker transform. It is removed after three seconds of encrypted frames, or at an orderly end of the page. A
 * mark left by a dead page makes the next call encrypt on the main thread.
 */

/** Storage key, that of earlier builds. The value has the id of each call with a mark. */
const storageKey = "sx-call-kit worker fuse";

/** Milliseconds of encrypted frames after which the worker counts as sound. */
export const markMilliseconds = 3000;

/** The required part of W3C `Storage`. */
export type MarkStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** The required part of W3C `LockManager`. A lock ends with its page. https://www.w3.org/TR/web-locks/ */
export interface MarkLocks {
  request(name: string, callback: () => Promise<void>): Promise<unknown>;
  query(): Promise<{ readonly held?: readonly { readonly name?: string }[] }>;
}

/** Detects workers that crash the page: their mark is left in the storage. Without storage it has no effect. */
export class CrashMark {
  readonly #storage: MarkStorage | null;
  readonly #locks: MarkLocks | null;
  readonly #id = toBase64url(randomBytes(9));
  #sealedSince: number | null = null;
  #isSet = false;
  #releaseLock: () => void = () => undefined;

  /** @param locks without them every mark counts, even that of a call in another open page. */
  constructor(storage: MarkStorage | null = ownStorage(), locks: MarkLocks | null = ownLocks()) {
    this.#storage = storage;
    this.#locks = locks;
  }

  /** Returns `true` where a page with a worker did not live to remove its mark. */
  async isLeft(): Promise<boolean> {
    const ids = this.#ids();
    if (ids.length === 0) return false;
    const held = await this.#heldLocks();
    return ids.some((id) => !held.has(lockOf(id)));
  }

  /** Returns `true` where the storage keeps a mark, by a trial under another name. */
  get canMark(): boolean {
    const trial = `${storageKey} trial`;
    return (
      attempt(() => {
        this.#storage?.setItem(trial, "1");
        const isHeld = this.#storage?.getItem(trial) === "1";
        this.#storage?.removeItem(trial);
        return isHeld;
      }) ?? false
    );
  }

  /** Stores the mark before the first transform in a worker. */
  set(): void {
    if (this.#isSet) return;
    this.#isSet = true;
    this.#write([...this.#ids(), this.#id]);
    globalThis.addEventListener("pagehide", this.#clear);
    const held = new Promise<void>((resolve) => (this.#releaseLock = resolve));
    void attempt(() => this.#locks?.request(lockOf(this.#id), () => held).catch(() => undefined));
  }

  /** Updates the mark with each reading of the counters. */
  sealed(frames: number, now: number): void {
    if (frames === 0) return;
    this.#sealedSince ??= now;
    if (now - this.#sealedSince >= markMilliseconds) this.clear();
  }

  /** Removes the mark: the call ended in order, or the worker has proved itself. */
  clear(): void {
    if (this.#isSet) this.#clear();
  }

  readonly #clear = (): void => {
    this.#isSet = false;
    globalThis.removeEventListener("pagehide", this.#clear);
    this.#write(this.#ids().filter((id) => id !== this.#id));
    this.#releaseLock();
  };

  #ids(): readonly string[] {
    return attempt(() => this.#storage?.getItem(storageKey)?.split(" ")) ?? [];
  }

  #write(ids: readonly string[]): void {
    attempt(() => {
      if (ids.length > 0) this.#storage?.setItem(storageKey, ids.join(" "));
      else this.#storage?.removeItem(storageKey);
    });
  }

  /** Returns the locks of all open pages, including this one. */
  async #heldLocks(): Promise<ReadonlySet<string | undefined>> {
    // Refused for a page with an opaque origin.
    const found = await attempt(() => this.#locks?.query().catch(() => undefined));
    return new Set(found?.held?.map(({ name }) => name));
  }
}

const lockOf = (id: string) => `${storageKey} ${id}`;

/** Reading the property throws in a page without storage, such as a sandboxed frame. */
function ownStorage(): MarkStorage | null {
  return attempt(() => globalThis.localStorage) ?? null;
}

/** Absent in some engines, contrary to TypeScript's DOM library. */
function ownLocks(): MarkLocks | null {
  return (globalThis.navigator as Partial<Navigator> | undefined)?.locks ?? null;
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** Receives reports of a frame cipher. */
export interface FrameCipherListener {
  /** The first frame of a track was decrypted: the track can be shown. */
  opened(track: TrackId): void;
  /** No worker could be started, and `mode` shows the fallback. The text names the address. */
  unavailable?(message: string): void;
  /** The worker is gone. No frame passes any more, encrypted or not. */
  lost(): void;
}

/** Options of a frame cipher. */
export interface FrameCipherOptions {
  /**
   * URL of the worker's script, for pages whose content security policy requires a certain place. A `blob:` URL starts a
   * classic script, any other a module: a page from `file:` can start the former only.
   */
  readonly workerUrl?: WorkerAddress;
  /** `true` to encrypt on the main thread, for hosts with a WebView whose workers are faulty. */
  readonly onMainThread?: boolean;
  readonly mark?: CrashMark;
  /** `true` to encrypt on the main thread without storage for the mark, for hosts whose WebView may crash. */
  readonly needsMark?: boolean;
  /** Layout for {@link FrameCipher.setCompatibleKey} on the main thread. A worker needs a script with the same layout. */
  readonly foreignLayout?: ForeignLayout;
  /** APIs to choose from, best first. Those of this engine by default. */
  readonly modes?: readonly CipherMode[];
}

/**
 * Controls the encryption of one call's frames, in the worker or in the page.
 *
 * Call `attachSender` and `attachReceiver` in the task that created the sender or receiver: Chromium silently bypasses a later
 * transform. Create the connection with `encodedInsertableStreams`, so that frames are dropped until the cipher is attached.
 */
export class FrameCipher {
  /** Resolves once frames can be processed. Rejects with `encryption-unsupported` without a working API. */
  readonly ready: Promise<void>;
  readonly #listener: FrameCipherListener;
  readonly #options: FrameCipherOptions;
  readonly #mark: CrashMark;
  readonly #attached = new Map<string, () => void>();
  readonly #counting = new Map<number, (counts: readonly TrackCounts[]) => void>();
  #engine: CipherEngine | null = null;
  #keyed: () => void = () => undefined;
  #requests = 0;
  #isClosed = false;

  constructor(listener: FrameCipherListener, options: FrameCipherOptions = {}) {
    this.#listener = listener;
    this.#options = options;
    this.#mark = options.mark ?? new CrashMark();
    this.ready = this.#start();
    // Handled here: a call that was closed in the meantime has no consumer.
    this.ready.catch(() => undefined);
  }

  /** The API in use; `null` before `ready`. */
  get mode(): CipherMode | null {
    return this.#engine?.mode ?? null;
  }

  /** @returns a promise that resolves once the cipher processes the sender's frames. Set the sender's track only after that. */
  attachSender(sender: RTCRtpSender, track: TrackId): Promise<void> {
    return this.#attach(sender, { side: "seal", track });
  }

  attachReceiver(receiver: RTCRtpReceiver, track: TrackId): Promise<void> {
    return this.#attach(receiver, { side: "open", track });
  }

  /**
   * Sets the secret of epoch 0. Only the first one is accepted.
   *
   * @returns a promise that resolves once frames are processed with it. Connect only after that: earlier frames are dropped, and
   * a dropped key frame costs a second. Never settles once the worker is gone.
   */
  setKeys(secret: CryptoKey, role: CipherRole): Promise<void> {
    return new Promise((resolve) => {
      this.#keyed = resolve;
      this.#engine?.command({ type: "keys", secret, role });
    });
  }

  /**
   * Sets the key of a foreign layout instead; `null` for a layout without a key. Only the first key of either kind is accepted.
   */
  setCompatibleKey(key: CryptoKey | null): void {
    this.#engine?.command({ type: "compatible-key", key });
  }

  /** Sets the codecs of the payload types, for engines whose frames do not name their codec. */
  setPayloadTypes(mimeTypes: ReadonlyMap<number, string>): void {
    this.#engine?.command({ type: "payload-types", mimeTypes });
  }

  /** @returns the counts of every track. Never settles once the worker is gone. */
  counts(): Promise<readonly TrackCounts[]> {
    return new Promise((resolve) => {
      const request = this.#requests++;
      this.#counting.set(request, resolve);
      this.#engine?.command({ type: "count", request });
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#mark.clear();
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
      throw new CallError("encryption-unsupported", "This engine lacks encoded frames.");
    const report = (message: CipherReport) => {
      this.#handle(message);
    };
    const { foreignLayout, workerUrl = null } = this.#options;
    if (mode === "main-thread" || (mayUsePage && (await this.#avoidsWorker())))
      return startPageEngine(report, foreignLayout);
    try {
      return await startWorkerEngine(mode, workerUrl, report, () => {
        if (!this.#isClosed) this.#listener.lost();
      });
    } catch (thrown) {
      if (!this.#isClosed && thrown instanceof CallError)
        this.#listener.unavailable?.(thrown.message);
      if (!mayUsePage) throw thrown;
      return startPageEngine(report, foreignLayout);
    }
  }

  async #avoidsWorker(): Promise<boolean> {
    const { onMainThread = false, needsMark = false } = this.#options;
    return onMainThread || (needsMark && !this.#mark.canMark) || (await this.#mark.isLeft());
  }

  #attach(end: TrackEnd, options: TransformOptions): Promise<void> {
    const engine = this.#engine;
    if (engine === null) return Promise.reject(new CallError("internal", "Frames came too early."));
    if (engine.mode !== "main-thread") this.#mark.set();
    return new Promise((resolve) => {
      this.#attached.set(nameOf(options), resolve);
      engine.attach(end, options);
    });
  }

  #handle(report: CipherReport): void {
    switch (report.type) {
      case "ready":
        break;
      case "attached":
        this.#attached.get(nameOf(report))?.();
        this.#attached.delete(nameOf(report));
        break;
      case "keyed":
        this.#keyed();
        break;
      case "opened":
        this.#listener.opened(report.track);
        break;
      case "counts":
        this.#mark.sealed(
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
