/*
 * What WebRTC itself must be able to read of a frame, made up so that nothing of the real frame is in clear:
 *
 *   Opus, VP9    nothing: their payload descriptors travel outside the frame
 *   VP8 delta    11
 *   VP8 key      10 00 00 9d 01 2a, width, height (16 bits each, little-endian; RFC 6386 section 9.1)
 */

/** The codecs whose frames can be wrapped. A call offers no other. */
export type FrameCodec = "opus" | "vp8" | "vp9";

/** What is needed of a frame to wrap it. */
export interface FrameShape {
  readonly codec: FrameCodec;
  readonly isKey: boolean;
  /** Pixels; 0 where unknown. */
  readonly width: number;
  readonly height: number;
}

const nothing = new Uint8Array(0);
const vp8Delta = Uint8Array.of(0x11);
const vp8KeyStart = Uint8Array.of(0x10, 0x00, 0x00, 0x9d, 0x01, 0x2a);
const vp8KeyLength = 10;

/** The codec that a MIME type names (RFC 6838, `audio/opus`), `null` for one that cannot be wrapped. */
export function codecOf(mimeType: string): FrameCodec | null {
  switch (mimeType.toLowerCase()) {
    case "audio/opus":
      return "opus";
    case "video/vp8":
      return "vp8";
    case "video/vp9":
      return "vp9";
    default:
      return null;
  }
}

/** The wrapper for a frame that is about to be sealed. */
export function wrapperFor({ codec, isKey, width, height }: FrameShape): Uint8Array {
  if (codec !== "vp8") return nothing;
  if (!isKey) return vp8Delta;
  const wrapper = new Uint8Array(vp8KeyLength);
  wrapper.set(vp8KeyStart);
  // 14 bits of size and 2 bits of scale, which stay zero.
  const view = new DataView(wrapper.buffer);
  view.setUint16(6, width & 0x3fff, true);
  view.setUint16(8, height & 0x3fff, true);
  return wrapper;
}

/**
 * How long the wrapper of a received frame is.
 *
 * @returns `null` where the frame does not begin with a wrapper as {@link wrapperFor} writes it.
 */
export function wrapperLength(codec: FrameCodec, frame: Uint8Array): number | null {
  if (codec !== "vp8") return 0;
  if (frame[0] === vp8Delta[0]) return 1;
  const isKey = frame.length >= vp8KeyLength && vp8KeyStart.every((byte, at) => frame[at] === byte);
  return isKey ? vp8KeyLength : null;
}
