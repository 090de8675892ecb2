import { av1Body, av1Prefix } from "./av1.ts";
import type { Bytes } from "../bytes.ts";
import { h264Prefix, unwrapH264 } from "./h264.ts";

/*
 * The part of a frame that WebRTC must be able to parse. It is synthetic: only the named parts of the real frame are in clear.
 *
 *   Opus, VP9    nothing: their payload descriptors travel outside the frame
 *   VP8 delta    11
 *   VP8 key      10 00 00 9d 01 2a, width, height (16 bits each, little-endian; RFC 6386 section 9.1)
 *   AV1          see av1.ts: on key frames the sequence header, then one frame unit
 *   H264         see h264.ts: on key frames SPS and PPS, then one slice
 *
 * VP8's wrapper is authenticated. Those of AV1 and H264 are not, because packetizers rewrite them: the originals are inside.
 */

/** Codecs whose frames can be wrapped. A call offers no others. */
export type FrameCodec = "opus" | "vp8" | "vp9" | "av1" | "h264";

/** Properties of a frame that its wrapper depends on. */
export interface FrameShape {
  readonly codec: FrameCodec;
  readonly isKey: boolean;
  /** Pixels; 0 if unknown. */
  readonly width: number;
  readonly height: number;
}

/** Parts of a received frame. */
export interface Unwrapped {
  /** The authenticated part of the wrapper. */
  readonly metadata: Uint8Array;
  /** SFrame header, ciphertext and tag. */
  readonly body: Bytes;
}

const nothing = new Uint8Array(0);
const vp8Delta = Uint8Array.of(0x11);
const vp8KeyStart = Uint8Array.of(0x10, 0x00, 0x00, 0x9d, 0x01, 0x2a);
const vp8KeyLength = 10;

const codecs: ReadonlyMap<string, FrameCodec> = new Map([
  ["audio/opus", "opus"],
  ["video/vp8", "vp8"],
  ["video/vp9", "vp9"],
  ["video/av1", "av1"],
  ["video/h264", "h264"],
]);

/** Returns the codec of a MIME type (RFC 6838, `audio/opus`), `null` for an unsupported one. */
export function codecOf(mimeType: string): FrameCodec | null {
  return codecs.get(mimeType.toLowerCase()) ?? null;
}

/**
 * Returns the bytes before the encrypted body, and their authenticated part. H264 also rewrites the body:
 * `escapeH264`.
 *
 * @param bodyLength length of the body in bytes.
 */
export function wrapperFor(
  { codec, isKey, width, height }: FrameShape,
  plaintext: ArrayBuffer,
  bodyLength: number,
): { readonly prefix: Uint8Array; readonly metadata: Uint8Array } {
  switch (codec) {
    case "vp8": {
      const prefix = isKey ? vp8Key(width, height) : vp8Delta;
      return { prefix, metadata: prefix };
    }
    case "av1":
      return { prefix: av1Prefix(new Uint8Array(plaintext), isKey, bodyLength), metadata: nothing };
    case "h264":
      return {
        prefix: h264Prefix(new Uint8Array(plaintext), isKey),
        metadata: nothing,
      };
    default:
      return { prefix: nothing, metadata: nothing };
  }
}

/** Splits a received frame; `null` without the wrapper of its codec. */
export function unwrap(codec: FrameCodec, frame: Bytes): Unwrapped | null {
  switch (codec) {
    case "opus":
    case "vp9":
      return { metadata: nothing, body: frame };
    case "vp8": {
      const length = vp8Length(frame);
      return length === 0
        ? null
        : { metadata: frame.subarray(0, length), body: frame.subarray(length) };
    }
    case "av1":
      return withoutMetadata(av1Body(frame));
    case "h264":
      return withoutMetadata(unwrapH264(frame));
  }
}

function withoutMetadata(body: Bytes | null): Unwrapped | null {
  return body === null ? null : { metadata: nothing, body };
}

function vp8Key(width: number, height: number): Uint8Array {
  const wrapper = new Uint8Array(vp8KeyLength);
  wrapper.set(vp8KeyStart);
  // 14 bits of size, and 2 bits of scale, which stay zero.
  const view = new DataView(wrapper.buffer);
  view.setUint16(6, width & 0x3fff, true);
  view.setUint16(8, height & 0x3fff, true);
  return wrapper;
}

/** Returns the length of the wrapper, or 0 for a frame without one of {@link wrapperFor}. */
function vp8Length(frame: Uint8Array): number {
  if (frame[0] === vp8Delta[0]) return vp8Delta.length;
  const isKey = frame.length >= vp8KeyLength && vp8KeyStart.every((byte, at) => frame[at] === byte);
  return isKey ? vp8KeyLength : 0;
}
