import type { Bytes } from "../bytes.ts";
import type { FrameCodec, FrameShape } from "./codec-wrapper.ts";
import type { Opened } from "./frame-opener.ts";
import type { TrackId } from "../agreement/key-schedule.ts";
import type { EncodedFrame } from "../worker/worker-protocol.ts";

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
