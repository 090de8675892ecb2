import { unwrap } from "./codec-wrapper.ts";
import type { FrameCodec } from "./codec-wrapper.ts";
import type { Epoch, FrameDirection, FrameKey, TrackId } from "../agreement/key-schedule.ts";
import { ReplayWindow } from "./replay-window.ts";
import { openSframe, tagLength } from "./sframe.ts";
import { decodeFrameHeader } from "./sframe-header.ts";

/** How long a superseded epoch still opens late frames. Milliseconds. */
export const oldEpochLifetime = 10_000;

/** What became of a received frame. `forged` is everything that no kit of the other side can have sent. */
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
 * Opens the frames of one direction. The key id chooses the key: one failed authentication is all the work a forged frame can
 * cause, and it changes nothing.
 */
export class FrameOpener {
  readonly #direction: FrameDirection;
  readonly #now: () => number;
  #current: OpeningEpoch;
  #previous: OpeningEpoch | null = null;
  #previousEnd = 0;
  /** The epoch that the sender may move to: derived on its first frame, taken only when a frame has authenticated. */
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

  /** Opens one frame of a track. Never throws. */
  async open(track: TrackId, data: ArrayBuffer, codec: FrameCodec): Promise<Opened> {
    const unwrapped = unwrap(codec, new Uint8Array(data));
    if (unwrapped === null) return forged;
    const { metadata, body } = unwrapped;
    const header = decodeFrameHeader(body);
    if (header === null || body.length < header.length + tagLength) return forged;
    const { kid, counter, length } = header;
    // The epoch's lowest bit and the track. A frame of another track was moved here.
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
    // Looked at again: the same frame may have been opened twice at the same time.
    if (!window.isFresh(counter)) return duplicate;
    window.mark(counter);
    this.#commit(opening);
    return { result: "opened", plaintext };
  }

  /** The epoch that a bit means now: this one or, for a while, the one before it. `null` where it is the one to come. */
  #known(bit: number): OpeningEpoch | null {
    if (this.#previous !== null && this.#now() >= this.#previousEnd) this.#previous = null;
    return (this.#current.epoch.number & 1) === bit ? this.#current : this.#previous;
  }

  #toCome(): Promise<OpeningEpoch> {
    this.#next ??= this.#current.epoch.next().then((epoch) => ({ epoch, tracks: new Map() }));
    return this.#next;
  }

  /** The first frame of a track in an epoch. */
  async #enter({ epoch, tracks }: OpeningEpoch, track: TrackId): Promise<OpeningTrack> {
    const key = await epoch.frameKey(this.#direction, track);
    // Another frame of the track may have come here while the key was derived: both must meet the same window.
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
    // Erased even if no frame comes any more.
    setTimeout(() => {
      if (this.#previous === superseded) this.#previous = null;
    }, oldEpochLifetime);
    this.#previousEnd = this.#now() + oldEpochLifetime;
    this.#current = opening;
    this.#next = null;
  }
}
