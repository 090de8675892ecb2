import { wrapperLength } from "./codec-wrapper.ts";
import type { FrameCodec } from "./codec-wrapper.ts";
import type { Epoch, FrameDirection, TrackId } from "./key-schedule.ts";
import { ReplayWindow } from "./replay-window.ts";
import { openSframe, tagLength } from "./sframe.ts";
import { decodeHeader } from "./sframe-header.ts";

/** How long a superseded epoch still opens late frames. Milliseconds. */
export const oldEpochLifetime = 10_000;

/** What became of a received frame. `forged` is everything that no kit of the other side can have sent. */
export type Opened =
  { readonly result: "opened"; readonly plaintext: ArrayBuffer } | { readonly result: "duplicate" | "forged" };

const duplicate: Opened = { result: "duplicate" };
const forged: Opened = { result: "forged" };

interface OpeningEpoch {
  readonly epoch: Epoch;
  readonly windows: Map<TrackId, ReplayWindow>;
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

  constructor(epoch: Epoch, direction: FrameDirection, now: () => number = () => performance.now()) {
    this.#current = { epoch, windows: new Map() };
    this.#direction = direction;
    this.#now = now;
  }

  /** Opens one frame of a track. Never throws. */
  async open(track: TrackId, data: ArrayBuffer, codec: FrameCodec): Promise<Opened> {
    const frame = new Uint8Array(data);
    const prefixLength = wrapperLength(codec, frame);
    if (prefixLength === null) return forged;
    const header = decodeHeader(frame.subarray(prefixLength));
    if (header === null || frame.length < prefixLength + header.length + tagLength) return forged;
    // 0 to 7: the epoch's lowest bit and the track. A frame of another track was moved here.
    if (header.kid > 7n || (Number(header.kid) & 3) !== track || header.counter > 0xffff_ffffn) return forged;
    const counter = Number(header.counter);
    const opening = await this.#epochOf(Number(header.kid) >> 2);
    const window = windowOf(opening, track);
    if (!window.isFresh(counter)) return duplicate;
    const key = await opening.epoch.frameKey(this.#direction, track);
    const start = prefixLength + header.length;
    const plaintext = await openSframe(
      key,
      counter,
      frame.subarray(prefixLength, start),
      frame.subarray(0, prefixLength),
      frame.subarray(start),
    );
    if (plaintext === null) return forged;
    // Looked at again: the same frame may have been opened twice at the same time.
    if (!window.isFresh(counter)) return duplicate;
    window.mark(counter);
    this.#commit(opening);
    return { result: "opened", plaintext };
  }

  /** The epoch that a bit means now: this one, the one before it for a while, after that the one to come. */
  async #epochOf(bit: number): Promise<OpeningEpoch> {
    if (this.#previous !== null && this.#now() >= this.#previousEnd) this.#previous = null;
    if ((this.#current.epoch.number & 1) === bit) return this.#current;
    if (this.#previous !== null) return this.#previous;
    this.#next ??= this.#current.epoch.next().then((epoch) => ({ epoch, windows: new Map() }));
    return this.#next;
  }

  #commit(opening: OpeningEpoch): void {
    if (opening.epoch.number <= this.#current.epoch.number) return;
    this.#previous = this.#current;
    this.#previousEnd = this.#now() + oldEpochLifetime;
    this.#current = opening;
    this.#next = null;
  }
}

function windowOf({ windows }: OpeningEpoch, track: TrackId): ReplayWindow {
  let window = windows.get(track);
  if (window === undefined) {
    window = new ReplayWindow();
    windows.set(track, window);
  }
  return window;
}
