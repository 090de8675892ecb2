import { unreachable } from "../../errors.ts";
import { codecOf, type FrameCodec } from "./codec-wrapper.ts";
import {
  type ForeignLayout,
  type OpeningLayout,
  type SealingLayout,
  FrameOpener,
  FrameSealer,
} from "./frame-layout.ts";
import { Epoch, type TrackId } from "../agreement/key-schedule.ts";
import type {
  CipherCommand,
  CipherReport,
  CipherRole,
  EncodedFrame,
  FrameStreams,
  TrackCounts,
  TransformOptions,
} from "../worker/worker-protocol.ts";

export type { EncodedFrame, FrameStreams };

/** Milliseconds without any frame after which the next one shows that the path was away. Sound has 50 frames a second. */
const silence = 500;

type Counts = { -readonly [K in keyof TrackCounts]: TrackCounts[K] };

/**
 * Processes all frames of one call. Runs in the worker but does not depend on it, for tests and for engines without workers.
 *
 * A frame that cannot be encrypted or decrypted is dropped and counted. It is never passed in clear, and never throws: an
 * exception would end the track for the rest of the call.
 */
export class FramePipeline {
  readonly #report: (report: CipherReport) => void;
  readonly #foreign: ForeignLayout | undefined;
  readonly #counts = new Map<TrackId, Counts>();
  /** The transforms of all tracks, each with the reader of its loop. */
  readonly #running = new Map<FrameStreams, ReadableStreamDefaultReader<EncodedFrame>>();
  #isClosed = false;
  #sealer: SealingLayout | null = null;
  #opener: OpeningLayout | null = null;
  readonly #paddings = new Map<TrackId, OpusPadding>();
  #mimeTypes: ReadonlyMap<number, string> = new Map();
  readonly #now: () => number;
  /** When the last frame of the other side arrived; `null` before the first. */
  #arrived: number | null = null;

  /** @param foreign layout for a foreign key. Without one such a key is refused, and all frames are dropped. */
  constructor(
    report: (report: CipherReport) => void,
    foreign?: ForeignLayout,
    now: () => number = () => performance.now(),
  ) {
    this.#report = report;
    this.#foreign = foreign;
    this.#now = now;
  }

  /** Sets the keys of the call, once: with a second secret the counters would restart. */
  setKeys(secret: CryptoKey, role: CipherRole): void {
    if (this.#sealer !== null || this.#isClosed) return;
    const isInitiator = role === "initiator";
    // One epoch per direction: they ratchet independently, and neither keeps the other's old keys.
    this.#sealer = new FrameSealer(new Epoch(secret), isInitiator ? "i2r" : "r2i");
    this.#opener = new FrameOpener(new Epoch(secret), isInitiator ? "r2i" : "i2r");
  }

  /** Sets the key of a foreign layout instead. Only the first key of either kind is accepted. */
  setCompatibleKey(key: CryptoKey | null): void {
    if (this.#sealer !== null || this.#isClosed) return;
    this.#sealer = this.#opener = this.#foreign?.(key) ?? null;
  }

  /** Executes a command of the page. */
  handle(command: CipherCommand): void {
    switch (command.type) {
      case "keys":
        this.setKeys(command.secret, command.role);
        this.#report({ type: "keyed" });
        break;
      case "compatible-key":
        this.setCompatibleKey(command.key);
        break;
      case "payload-types":
        this.setPayloadTypes(command.mimeTypes);
        break;
      case "attach":
        void this.run(command.options, command);
        break;
      case "count":
        this.#report({ type: "counts", request: command.request, counts: this.counts });
        break;
      default:
        unreachable(command);
    }
  }

  /** Stops: further frames are dropped. */
  close(): void {
    this.#isClosed = true;
    this.#sealer = null;
    this.#opener = null;
    // A loop that waits for a frame of a closed connection would stay in memory forever.
    for (const reader of this.#running.values()) void reader.cancel().catch(() => undefined);
  }

  setPayloadTypes(mimeTypes: ReadonlyMap<number, string>): void {
    this.#mimeTypes = mimeTypes;
  }

  get counts(): readonly TrackCounts[] {
    return [...this.#counts.values()];
  }

  /**
   * Moves frames from one end to the other, one at a time. An own loop, because a `TransformStream` costs 8 to 10 µs per frame,
   * and concurrent frames gain nothing.
   */
  async run({ side, track }: TransformOptions, streams: FrameStreams): Promise<void> {
    const reader = streams.readable.getReader();
    this.#running.set(streams, reader);
    const writer = streams.writable.getWriter();
    this.#report({ type: "attached", side, track });
    const work = side === "seal" ? this.#seal : this.#open;
    try {
      for (;;) {
        const { done, value: frame } = await reader.read();
        if (done) break;
        if (side === "open") this.#notice();
        if (await work.call(this, frame, track)) await writer.write(frame);
      }
    } catch {
      // The track ended while a frame was in progress.
    } finally {
      this.#running.delete(streams);
      await Promise.allSettled([reader.cancel(), writer.close()]);
    }
  }

  /**
   * Requests a key frame of both sides once frames arrive again after a silence. Later pictures depend on lost ones, and an
   * engine requests a key frame only after seconds (three in Chromium 156). Engines without the methods are served by the
   * page (src/media/connection/senders.ts).
   */
  #notice(): void {
    const now = this.#now();
    const isBack = this.#arrived !== null && now - this.#arrived >= silence;
    this.#arrived = now;
    if (!isBack) return;
    for (const transformer of this.#running.keys()) {
      void transformer.generateKeyFrame?.().catch(() => undefined);
      void transformer.sendKeyFrameRequest?.().catch(() => undefined);
    }
  }

  async #seal(frame: EncodedFrame, track: TrackId): Promise<boolean> {
    const counts = this.#countsOf(track);
    const { codec, width, height } = this.#describe(frame);
    try {
      if (this.#sealer !== null && codec !== null) {
        const data = codec === "opus" ? this.#pad(track, frame.data) : frame.data;
        const shape = { codec, isKey: frame.type === "key", width, height };
        const sealed = await this.#sealer.seal(track, data, shape, frame.type);
        if (sealed !== null) {
          frame.data = sealed.buffer;
          counts.sealed += 1;
          return true;
        }
      }
    } catch {
      // WebCrypto refused: counted below as dropped.
    }
    counts.unsealed += 1;
    return false;
  }

  /** Pads the packets of an audio track to one size, also where the engine ignores a constant bit rate. */
  #pad(track: TrackId, data: ArrayBuffer): ArrayBuffer {
    let padding = this.#paddings.get(track);
    if (padding === undefined) {
      padding = new OpusPadding();
      this.#paddings.set(track, padding);
    }
    return padding.pad(data);
  }

  async #open(frame: EncodedFrame, track: TrackId): Promise<boolean> {
    const counts = this.#countsOf(track);
    const { codec } = this.#describe(frame);
    if (this.#opener === null) {
      counts.keyless += 1;
      return false;
    }
    if (codec === null) {
      counts.forged += 1;
      return false;
    }
    const opened = await this.#opener.open(track, frame.data, codec, frame.type);
    counts[opened.result] += 1;
    if (opened.result !== "opened") return false;
    frame.data = opened.plaintext;
    if (counts.opened === 1) this.#report({ type: "opened", track });
    return true;
  }

  #describe(frame: EncodedFrame): { codec: FrameCodec | null; width: number; height: number } {
    const { mimeType, payloadType, width = 0, height = 0 } = frame.getMetadata();
    const name = mimeType ?? this.#mimeTypes.get(payloadType ?? -1);
    return { codec: name === undefined ? null : codecOf(name), width, height };
  }

  #countsOf(track: TrackId): Counts {
    let counts = this.#counts.get(track);
    if (counts === undefined) {
      counts = { track, sealed: 0, unsealed: 0, opened: 0, duplicate: 0, forged: 0, keyless: 0 };
      this.#counts.set(track, counts);
    }
    return counts;
  }
}

/*
 * Opus packets of one size. Engines that obey `cbr=1` produce them. For the others (Firefox) every packet is padded to the
 * largest size so far. The size of an encrypted packet would reveal loudness and words (RFC 6562).
 *
 * A packet of one frame (code 0) becomes one with a frame count of one and padding (code 3). Every decoder drops the padding
 * (RFC 6716 section 3.2.5):
 *
 *   TOC with code 3 | 41 (padding, one frame) | length of the padding, 1 or 2 bytes | the frame | zeros
 */

const codeMask = 0x03;
const countOne = 0x01;
const countOneWithPadding = 0x41;
/** Above the packet size of speech. Larger packets pass unchanged, and do not raise the size of others. */
const largest = 400;

/** Pads the packets of one track. */
export class OpusPadding {
  #size = 0;

  /** @returns a packet as long as the longest so far; the packet itself where padding is impossible. */
  pad(data: ArrayBuffer): ArrayBuffer {
    const length = data.byteLength;
    if (length > largest) return data;
    if (length >= this.#size) {
      this.#size = length;
      return data;
    }
    const packet = new Uint8Array(data);
    const toc = packet[0];
    // Invalid: an empty packet. Unsupported: several frames in one packet, which engines do not create for calls.
    if (toc === undefined || (toc & codeMask) !== 0) return data;
    const padded = new Uint8Array(this.#size);
    const missing = this.#size - length;
    padded[0] = toc | codeMask;
    padded[1] = missing === 1 ? countOne : countOneWithPadding;
    padded.set(packet.subarray(1), 1 + writePaddingLength(padded, missing));
    return padded.buffer;
  }
}

/** @returns the number of bytes between TOC and frame. */
function writePaddingLength(padded: Uint8Array, missing: number): number {
  if (missing === 1) return 1;
  const padding = missing - 2;
  if (padding <= 254) {
    padded[2] = padding;
    return 2;
  }
  // 255 means 254 bytes and another length byte.
  padded[2] = 255;
  padded[3] = missing - 3 - 254;
  return 3;
}

/** Returns a pipeline that runs in the page. A page that carries its worker's program has a stand-in for this module. */
export const pipelineFor = (
  report: (report: CipherReport) => void,
  foreign?: ForeignLayout,
): FramePipeline => new FramePipeline(report, foreign);

/** The required part of a worker's global scope. TypeScript's DOM and WebWorker libraries exclude each other. */
export interface WorkerScope {
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
    pipeline.handle(command);
  });
  scope.addEventListener("rtctransform", ({ transformer }) => {
    void pipeline.run(transformer.options, transformer);
  });
  scope.postMessage({ type: "ready" });
}
