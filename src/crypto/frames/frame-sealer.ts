import type { Bytes } from "../bytes.ts";
import { wrapperFor } from "./codec-wrapper.ts";
import type { FrameShape } from "./codec-wrapper.ts";
import { escapeH264, h264Spare } from "./h264.ts";
import type { Epoch, FrameDirection, FrameKey, TrackId } from "../agreement/key-schedule.ts";
import { sealSframe, tagLength, headerLength } from "./sframe.ts";

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
