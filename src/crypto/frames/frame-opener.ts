import { unwrap, type FrameCodec } from "./codec-wrapper.ts";
import type { Epoch, FrameDirection, FrameKey, TrackId } from "../agreement/key-schedule.ts";
import { openSframe, tagLength, decodeFrameHeader } from "./sframe.ts";

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
