import type { Bytes } from "../bytes.ts";
import { h264Prefix, unwrapH264 } from "./h264.ts";

/*
 * The part of a frame that WebRTC must be able to parse. It is synthetic: only the named parts of the real frame are in clear.
 *
 *   Opus, VP9    nothing: their payload descriptors travel outside the frame
 *   VP8 delta    11
 *   VP8 key      10 00 00 9d 01 2a, width, height (16 bits each, little-endian; RFC 6386 section 9.1)
 *   AV1          see below: on key frames the sequence header, then one frame unit
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

/*
 * AV1 in an encoded transform: open bitstream units (OBU) with size fields (AV1 specification section 5.3).
 *
 *   header:  forbidden 1 | type 4 | extension 1 | has_size 1 | reserved 1
 *
 * A sealed frame is `[sequence header, on key frames][32 size SFrame]`: one unit of type frame, whose body only the kit can read.
 */

const sequenceHeader = 1;
const temporalDelimiter = 2;
const frame = 6;
/** OBU header of a frame with a size field. */
const frameHeader = 0x32;

interface Unit {
  readonly type: number;
  readonly start: number;
  readonly bodyStart: number;
  readonly end: number;
}

/**
 * Returns the clear bytes before the body of an encrypted frame.
 *
 * @param plaintext the whole frame. Its sequence header is repeated in clear, because packetizers look for it in key frames.
 * @param bodyLength length of the encrypted body.
 */
function av1Prefix(plaintext: Uint8Array, isKey: boolean, bodyLength: number): Uint8Array {
  const header = isKey ? units(plaintext).find(({ type }) => type === sequenceHeader) : undefined;
  const clear =
    header === undefined ? new Uint8Array(0) : plaintext.subarray(header.start, header.end);
  const size = leb128(bodyLength);
  const prefix = new Uint8Array(clear.length + 1 + size.length);
  prefix.set(clear);
  prefix[clear.length] = frameHeader;
  prefix.set(size, clear.length + 1);
  return prefix;
}

/**
 * Returns the encrypted body of a received frame; `null` unless there is exactly one. Packetizers may rewrite the bytes before
 * it.
 */
function av1Body(received: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
  let body: Uint8Array<ArrayBuffer> | null = null;
  let end = 0;
  for (const unit of units(received)) {
    end = unit.end;
    if (unit.type === sequenceHeader || unit.type === temporalDelimiter) continue;
    if (unit.type !== frame || body !== null) return null;
    body = received.subarray(unit.bodyStart, unit.end);
  }
  return end === received.length ? body : null;
}

/** Returns the well-formed OBUs of a frame. The last one may lack its size and extend to the end. */
function units(bytes: Uint8Array): Unit[] {
  const found: Unit[] = [];
  for (let start = 0; start < bytes.length;) {
    const header = bytes[start] ?? 0;
    let bodyStart = start + (header & 4 ? 2 : 1);
    let end = bytes.length;
    if (header & 2) {
      const size = readLeb128(bytes, bodyStart);
      if (size === null) break;
      bodyStart = size.next;
      end = bodyStart + size.value;
    }
    if (header & 0x80 || bodyStart > bytes.length || end > bytes.length) break;
    found.push({ type: (header >> 3) & 15, start, bodyStart, end });
    start = end;
  }
  return found;
}

/** AV1 specification section 4.10.5. */
function leb128(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const more = rest > 0x7f;
    bytes.push((rest & 0x7f) | (more ? 0x80 : 0));
    rest >>>= 7;
  } while (rest > 0);
  return bytes;
}

function readLeb128(bytes: Uint8Array, at: number): { value: number; next: number } | null {
  let value = 0;
  for (let index = 0; index < 5; index++) {
    const byte = bytes[at + index];
    if (byte === undefined) return null;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value, next: at + index + 1 };
  }
  return null;
}
