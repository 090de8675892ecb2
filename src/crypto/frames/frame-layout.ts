import type { Bytes } from "../bytes.ts";
import type { FrameCodec, FrameShape } from "./codec-wrapper.ts";
import type { Opened } from "./frame-opener.ts";
import type { TrackId } from "../agreement/key-schedule.ts";
import type { EncodedFrame } from "../worker/worker-protocol.ts";

/** What an engine says of a picture; `undefined` for sound, and from engines that do not say. */
export type FrameType = EncodedFrame["type"];

/** How frames to send are sealed. */
export interface SealingLayout {
  /** @returns the frame as it may leave; `null` where it may not. */
  seal(
    track: TrackId,
    plaintext: ArrayBuffer,
    shape: FrameShape,
    type: FrameType,
  ): Promise<Bytes | null>;
}

/** How received frames are opened. */
export interface OpeningLayout {
  /** Never throws. */
  open(track: TrackId, data: ArrayBuffer, codec: FrameCodec, type: FrameType): Promise<Opened>;
}

/**
 * Makes a layout that is not the kit's own, of the one key that such a layout has, or of none. Whoever wants one hands it in: the
 * kit's own worker carries none.
 *
 * @param key `null` in a protocol that has no key for frames.
 * @returns `null` where that is not for this layout: then nothing passes.
 */
export type ForeignLayout = (key: CryptoKey | null) => (SealingLayout & OpeningLayout) | null;
