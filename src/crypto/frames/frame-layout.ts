import type { Bytes } from "../bytes.ts";
import { type FrameCodec, type FrameShape, wrapperFor, unwrap } from "./codec-wrapper.ts";
import type { TrackId, Epoch, FrameDirection, FrameKey } from "../agreement/key-schedule.ts";
import type { EncodedFrame } from "../worker/worker-protocol.ts";
import { escapeH264, h264Spare } from "./h264.ts";
import { sealSframe, tagLength, headerLength, openSframe, decodeFrameHeader } from "./sframe.ts";

/** Type of a video frame; `undefined` for audio, and in engines that do not report it. */
export type FrameType = EncodedFrame["type"];

/** Layout of sent frames. */
export interface SealingLayout {
  /** @returns the encrypted frame; `null` to drop it. */
  seal(
    track: TrackId,
    plaintext: ArrayBuffer,
    shape: FrameShape,
    type: FrameType,
  ): Promise<Bytes | null>;
}

/** Layout of received frames. */
export interface OpeningLayout {
  /** Never throws. */
  open(track: TrackId, data: ArrayBuffer, codec: FrameCodec, type: FrameType): Promise<Opened>;
}

/**
 * Creates a foreign layout from its single key, or without a key. Passed in by the caller, so that the kit's own worker
 * contains none.
 *
 * @param key `null` for a protocol without frame keys.
 * @returns `null` where the layout does not support the key: all frames are dropped.
 */
export type ForeignLayout = (key: CryptoKey | null) => (SealingLayout & OpeningLayout) | null;

/**
 * Passes frames unchanged, for protocols that rely on DTLS. Only pages of such a protocol include it. Frames are held until the
 * other side is known, which may be a kit.
 */
export const transportFrames: SealingLayout & OpeningLayout = {
  seal: (_track, plaintext) => Promise.resolve(new Uint8Array(plaintext)),
  open: (_track, data) => Promise.resolve({ result: "opened", plaintext: data }),
};

/** Milliseconds for which a superseded epoch still decrypts late frames. */
export const oldEpochLifetime = 10_000;

/** Result for a received frame. `forged`: no kit of the other side can have sent it. */
export type Opened =
  | { readonly result: "opened"; readonly plaintext: ArrayBuffer }
  | { readonly result: "duplicate" | "forged" };

const duplicate: Opened = { result: "duplicate" };
const forged: Opened = { result: "forged" };

interface OpeningTrack {
  readonly key: FrameKey;
  readonly window: ReplayWindow;
}

interface OpeningEpoch {
  readonly epoch: Epoch;
  readonly tracks: Map<TrackId, OpeningTrack>;
}

/**
 * Decrypts the frames of one direction. The key id selects the key. A forged frame costs one failed authentication, and changes
 * no state.
 */
export class FrameOpener {
  readonly #direction: FrameDirection;
  readonly #now: () => number;
  #current: OpeningEpoch;
  #previous: OpeningEpoch | null = null;
  #previousEnd = 0;
  /** The next epoch, derived on its first frame, and entered only after a frame has authenticated. */
  #next: Promise<OpeningEpoch> | null = null;

  constructor(
    epoch: Epoch,
    direction: FrameDirection,
    now: () => number = () => performance.now(),
  ) {
    this.#current = { epoch, tracks: new Map() };
    this.#direction = direction;
    this.#now = now;
  }

  /** Decrypts one frame of a track. Never throws. */
  async open(track: TrackId, data: ArrayBuffer, codec: FrameCodec): Promise<Opened> {
    const unwrapped = unwrap(codec, new Uint8Array(data));
    if (unwrapped === null) return forged;
    const { metadata, body } = unwrapped;
    const header = decodeFrameHeader(body);
    if (header === null || body.length < header.length + tagLength) return forged;
    const { kid, counter, length } = header;
    // The lowest bit of the epoch, and the track. A frame of another track was moved.
    if ((kid & 3) !== track) return forged;
    const opening = this.#known(kid >> 2) ?? (await this.#toCome());
    const { key, window } = opening.tracks.get(track) ?? (await this.#enter(opening, track));
    if (!window.isFresh(counter)) return duplicate;
    const plaintext = await openSframe(
      key,
      counter,
      body.subarray(0, length),
      metadata,
      body.subarray(length),
    );
    if (plaintext === null) return forged;
    // Checked again: the same frame may have been decrypted twice concurrently.
    if (!window.isFresh(counter)) return duplicate;
    window.mark(counter);
    this.#commit(opening);
    return { result: "opened", plaintext };
  }

  /** Returns the epoch of a bit: the current one or, for a while, the previous one. `null` for the next one. */
  #known(bit: number): OpeningEpoch | null {
    if (this.#previous !== null && this.#now() >= this.#previousEnd) this.#previous = null;
    return (this.#current.epoch.number & 1) === bit ? this.#current : this.#previous;
  }

  #toCome(): Promise<OpeningEpoch> {
    this.#next ??= this.#current.epoch.next().then((epoch) => ({ epoch, tracks: new Map() }));
    return this.#next;
  }

  /** Starts a track in an epoch with its first frame. */
  async #enter({ epoch, tracks }: OpeningEpoch, track: TrackId): Promise<OpeningTrack> {
    const key = await epoch.frameKey(this.#direction, track);
    // Another frame of the track may have arrived while the key was derived: both must share one window.
    let opening = tracks.get(track);
    if (opening === undefined) {
      opening = { key, window: new ReplayWindow() };
      tracks.set(track, opening);
    }
    return opening;
  }

  #commit(opening: OpeningEpoch): void {
    if (opening.epoch.number <= this.#current.epoch.number) return;
    const superseded = this.#current;
    this.#previous = superseded;
    // Erased by a timer, because there may be no further frame.
    setTimeout(() => {
      if (this.#previous === superseded) this.#previous = null;
    }, oldEpochLifetime);
    this.#previousEnd = this.#now() + oldEpochLifetime;
    this.#current = opening;
    this.#next = null;
  }
}

const size = 1024;

/**
 * Remembers the last 1,024 counters of a key. Covers the reordering and retransmission of a bad network with 128 bytes per key.
 */
export class ReplayWindow {
  readonly #seen = new Uint32Array(size / 32);
  #highest = -1;

  /** Returns `true` for a counter that was not seen and is within the window. */
  isFresh(counter: number): boolean {
    if (counter > this.#highest) return true;
    return counter > this.#highest - size && !this.#has(counter);
  }

  /** Marks a counter as seen. Call it after authentication only: a forged frame could otherwise block a genuine one. */
  mark(counter: number): void {
    if (counter > this.#highest) {
      const from = Math.max(this.#highest + 1, counter - size + 1);
      for (let skipped = from; skipped < counter; skipped++) this.#set(skipped, false);
      this.#highest = counter;
    }
    this.#set(counter, true);
  }

  #has(counter: number): boolean {
    const at = counter % size;
    return (((this.#seen[at >>> 5] ?? 0) >>> (at & 31)) & 1) === 1;
  }

  #set(counter: number, seen: boolean): void {
    const at = counter % size;
    const bit = 1 << (at & 31);
    const word = this.#seen[at >>> 5] ?? 0;
    this.#seen[at >>> 5] = seen ? word | bit : word & ~bit;
  }
}

/** Limits of an epoch: the sender moves to the next one at the first limit. */
export const epochLimits = { milliseconds: 600_000, frames: 2 ** 20 } as const;

/** Number of frames between readings of the clock, which take 0.2 µs, a thirtieth of a frame. Divides the frame limit. */
const clockInterval = 16;

/** Highest counter of one key. Keys are replaced long before. */
const maxCounter = 2 ** 32 - 1;

interface SealingTrack {
  readonly epoch: number;
  readonly key: FrameKey;
  counter: number;
}

/**
 * Encrypts the frames of one direction. Every track counts from 0 under its own key, and the counter advances before
 * encryption. A key therefore never meets a counter twice, whatever fails.
 */
export class FrameSealer {
  readonly #direction: FrameDirection;
  readonly #now: () => number;
  readonly #firstCounter: number;
  readonly #tracks = new Map<TrackId, SealingTrack>();
  #epoch: Epoch;
  #epochStart: number;
  #epochFrames = 0;
  #isMoving = false;

  /** @param firstCounter 0 in every call. Tests start near the end of the counter. */
  constructor(
    epoch: Epoch,
    direction: FrameDirection,
    now: () => number = () => performance.now(),
    firstCounter = 0,
  ) {
    this.#firstCounter = firstCounter;
    this.#epoch = epoch;
    this.#direction = direction;
    this.#now = now;
    this.#epochStart = now();
  }

  /** @returns the encrypted frame: `[codec wrapper][SFrame header][ciphertext][tag]`; `null` where the key is used up. */
  seal(track: TrackId, plaintext: ArrayBuffer, shape: FrameShape): Promise<Bytes | null> {
    const sealing = this.#tracks.get(track);
    // Not an async function: almost no frame waits here, and avoiding a promise is measurable.
    if (sealing?.epoch === this.#epoch.number)
      return this.#sealWith(sealing, track, plaintext, shape);
    return this.#enter(track).then((entered) => this.#sealWith(entered, track, plaintext, shape));
  }

  #sealWith(
    sealing: SealingTrack,
    track: TrackId,
    plaintext: ArrayBuffer,
    shape: FrameShape,
  ): Promise<Bytes | null> {
    if (sealing.counter > maxCounter) return Promise.resolve(null);
    const counter = sealing.counter++;
    this.#epochFrames += 1;
    this.#moveWhenDue();
    const kid = ((sealing.epoch & 1) << 2) | track;
    const bodyLength = headerLength(kid, counter) + plaintext.byteLength + tagLength;
    const { prefix, metadata } = wrapperFor(shape, plaintext, bodyLength);
    const spare = shape.codec === "h264" ? h264Spare : 0;
    const frame = sealSframe(sealing.key, kid, counter, prefix, plaintext, metadata, spare);
    return spare ? frame.then((sealed) => escapeH264(sealed, prefix.length)) : frame;
  }

  /** Starts a track in an epoch with its first frame. */
  async #enter(track: TrackId): Promise<SealingTrack> {
    const epoch = this.#epoch;
    const key = await epoch.frameKey(this.#direction, track);
    // Another frame of the track may have arrived while the key was derived: its counter must continue.
    const meanwhile = this.#tracks.get(track);
    if (meanwhile !== undefined && meanwhile.epoch >= epoch.number) return meanwhile;
    const fresh: SealingTrack = { epoch: epoch.number, key, counter: this.#firstCounter };
    this.#tracks.set(track, fresh);
    return fresh;
  }

  /** Derives the next epoch in the background: frames continue in this one. */
  #moveWhenDue(): void {
    if (this.#epochFrames % clockInterval !== 0) return;
    const isDue =
      this.#epochFrames >= epochLimits.frames ||
      this.#now() - this.#epochStart >= epochLimits.milliseconds;
    if (!isDue || this.#isMoving) return;
    this.#isMoving = true;
    void this.#epoch
      .next()
      .then(async (next) => {
        await Promise.all(
          [...this.#tracks.keys()].map((track) => next.frameKey(this.#direction, track)),
        );
        this.#epoch = next;
        this.#epochStart = this.#now();
        this.#epochFrames = 0;
      })
      .finally(() => {
        this.#isMoving = false;
      });
  }
}
