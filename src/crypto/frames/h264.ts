import type { Bytes } from "../bytes.ts";

/*
 * H264 in an encoded transform: NAL units after start codes (ITU-T H.264 annex B).
 *
 * A sealed frame is `[SPS, PPS, on key frames][00 00 00 01, 65 88 80 or 41 9a 80, SFrame with emulation prevention, 80]`: one
 * slice whose first bytes a packetizer can parse (first_mb_in_slice 0, slice type, picture parameter set 0), and whose rest only
 * the kit can read. The last byte keeps the body from ending in zeros, which would be taken for padding.
 */

const startCode = Uint8Array.of(0, 0, 0, 1);
const keySlice = Uint8Array.of(0x65, 0x88, 0x80);
const deltaSlice = Uint8Array.of(0x41, 0x9a, 0x80);
const stopByte = 0x80;
const sps = 7;
const pps = 8;

/** Wraps an encrypted body. */
export function wrapH264(plaintext: Bytes, isKey: boolean, body: Uint8Array): Bytes {
  const parameters = isKey ? nalUnits(plaintext).filter((unit) => isParameterSet(unit)) : [];
  const clearLength = parameters.reduce(
    (length, unit) => length + startCode.length + unit.length,
    0,
  );
  const slice = isKey ? keySlice : deltaSlice;
  const escapes = escapesFor(body);
  const frame = new Uint8Array(
    clearLength + startCode.length + slice.length + body.length + escapes.length + 1,
  );
  let at = 0;
  for (const part of [...parameters.flatMap((unit) => [startCode, unit]), startCode, slice]) {
    frame.set(part, at);
    at += part.length;
  }
  let from = 0;
  for (const escape of escapes) {
    frame.set(body.subarray(from, escape), at);
    at += escape - from;
    frame[at++] = 3;
    from = escape;
  }
  frame.set(body.subarray(from), at);
  frame[frame.length - 1] = stopByte;
  return frame;
}

/** Returns the encrypted body of a received frame; `null` without the shape of {@link wrapH264}. */
export function unwrapH264(received: Bytes): Bytes | null {
  const units = nalUnits(received);
  const slice = units.pop();
  if (slice === undefined || !units.every((unit) => isParameterSet(unit) || isAside(unit)))
    return null;
  const start = [keySlice, deltaSlice].find((candidate) =>
    candidate.every((byte, at) => slice[at] === byte),
  );
  if (start === undefined || slice.at(-1) !== stopByte || slice.length <= start.length) return null;
  return unescape(slice.subarray(start.length, -1));
}

function isParameterSet(unit: Uint8Array): boolean {
  const type = (unit[0] ?? 0) & 0x1f;
  return type === sps || type === pps;
}

/** Returns `true` for access unit delimiters and supplemental information, which packetizers may add. */
function isAside(unit: Uint8Array): boolean {
  const type = (unit[0] ?? 0) & 0x1f;
  return type === 6 || type === 9;
}

/** Returns the units between start codes, without the zeros before a four-byte start code. */
function nalUnits(bytes: Bytes): Bytes[] {
  const starts: number[] = [];
  for (let at = 0; at + 2 < bytes.length; at++) {
    // Checks every third byte first: over most of a frame the loop advances by three.
    if ((bytes[at + 2] ?? 0) > 1) at += 2;
    else if (bytes[at] === 0 && bytes[at + 1] === 0 && bytes[at + 2] === 1) {
      starts.push(at + 3);
      at += 2;
    }
  }
  return starts.map((start, index) => {
    const next = starts[index + 1];
    let end = next === undefined ? bytes.length : next - 3;
    if (next !== undefined) while (end > start && bytes[end - 1] === 0) end -= 1;
    return bytes.subarray(start, end);
  });
}

/**
 * Returns the positions for emulation prevention. Two zeros must not be followed by a byte up to 3 (ITU-T H.264 section
 * 7.4.1.1): a 3 is inserted.
 */
function escapesFor(body: Uint8Array): number[] {
  const escapes: number[] = [];
  for (let at = 2; at < body.length;) {
    // As in `nalUnits`: a byte above 3 rules out this position and the next two.
    if ((body[at] ?? 0) > 3) at += 3;
    else if (body[at - 1] === 0 && body[at - 2] === 0) {
      escapes.push(at);
      at += 2;
    } else at += 1;
  }
  return escapes;
}

/** Removes each 3 after exactly two zeros. Returns the same memory without any. */
function unescape(escaped: Bytes): Bytes {
  const escapes: number[] = [];
  for (let at = 2; at < escaped.length;) {
    const byte = escaped[at];
    if (byte === 0) at += 1;
    else {
      if (byte === 3 && escaped[at - 1] === 0 && escaped[at - 2] === 0 && escaped[at - 3] !== 0)
        escapes.push(at);
      at += 3;
    }
  }
  if (escapes.length === 0) return escaped;
  const body = new Uint8Array(escaped.length - escapes.length);
  let from = 0;
  for (const [count, escape] of escapes.entries()) {
    body.set(escaped.subarray(from, escape), from - count);
    from = escape + 1;
  }
  body.set(escaped.subarray(from), from - escapes.length);
  return body;
}
