import { concat } from "../bytes.ts";
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
/** Room for it after the encrypted body. */
export const h264Spare = 1;

/** Returns the bytes before the encrypted body. */
export function h264Prefix(plaintext: Bytes, isKey: boolean): Uint8Array {
  const parameters = isKey ? nalUnits(plaintext, zeroRuns(plaintext)).filter(isOf(7, 8)) : [];
  return concat(
    ...parameters.flatMap((unit) => [startCode, unit]),
    ...[startCode, isKey ? keySlice : deltaSlice],
  );
}

/**
 * Ends a sealed frame, and prevents the emulation of a start code: a 3 is inserted between two zeros and a byte of at most 3
 * (ITU-T H.264 section 7.4.1.1).
 *
 * @param from length of the prefix, which has start codes of its own.
 * @returns the same memory where there is nothing to insert: 98 of 100 frames of 80 kB.
 */
export function escapeH264(frame: Bytes, from: number): Bytes {
  frame[frame.length - 1] = stopByte;
  const escapes: number[] = [];
  for (const { start, end } of zeroRuns(frame, from)) {
    // A zero counts anew after an inserted byte.
    for (let at = start + 2; at < end; at += 2) escapes.push(at);
    if ((end - start) % 2 === 0 && (frame[end] ?? 4) <= 3) escapes.push(end);
  }
  return spliced(frame, escapes, 0);
}

/** Returns the encrypted body of a received frame; `null` without the shape of {@link escapeH264}. */
export function unwrapH264(received: Bytes): Bytes | null {
  const runs = zeroRuns(received);
  const units = nalUnits(received, runs);
  const slice = units.pop();
  // Packetizers may add to what was there.
  if (slice === undefined || !units.every(isOf(6, 9))) return null;
  const start = [keySlice, deltaSlice].find((candidate) =>
    candidate.every((byte, at) => slice[at] === byte),
  );
  if (start === undefined || slice.at(-1) !== stopByte || slice.length <= start.length) return null;
  const body = slice.subarray(start.length, -1);
  const offset = body.byteOffset - received.byteOffset;
  // A 3 after exactly two zeros was inserted.
  const escapes = runs.filter(
    ({ start, end }) => start >= offset && end - start === 2 && received[end] === 3,
  );
  return spliced(
    body,
    escapes.map(({ end }) => end - offset),
    1,
  );
}

/** By type: 6 supplemental information, 7 SPS, 8 PPS, 9 access unit delimiter (ITU-T H.264 table 7-1). */
const isOf = (first: number, last: number) => (unit: Uint8Array) => {
  const type = (unit[0] ?? 0) & 0x1f;
  return type >= first && type <= last;
};

/** Returns the units between start codes, without the zeros before a four-byte start code. */
function nalUnits(bytes: Bytes, runs: readonly ZeroRun[]): Bytes[] {
  const codes = runs.filter(({ end }) => bytes[end] === 1);
  return codes.map(({ end }, at) => bytes.subarray(end + 1, codes[at + 1]?.start));
}

/** Inserts a 3 at each of the places, or removes the byte there. Returns the same memory without any. */
function spliced(bytes: Bytes, places: readonly number[], removed: 0 | 1): Bytes {
  if (places.length === 0) return bytes;
  const result = new Uint8Array(bytes.length + places.length * (1 - 2 * removed));
  let from = 0;
  let to = 0;
  for (const place of places) {
    result.set(bytes.subarray(from, place), to);
    to += place - from;
    if (removed === 0) result[to++] = 3;
    from = place + removed;
  }
  result.set(bytes.subarray(from), to);
  return result;
}

/** Two or more zeros in a row, up to `end`. */
interface ZeroRun {
  readonly start: number;
  readonly end: number;
}

/** Returns where two or more zeros stand in a row. One of two stands at every second byte, and the others need not be read. */
function zeroRuns(bytes: Uint8Array, from = 0): ZeroRun[] {
  const runs: ZeroRun[] = [];
  const lastFour = bytes.length - 6;
  for (let at = from + 1; at < bytes.length;) {
    // Four at a time, which most of a frame passes: the search would otherwise cost a third of the encryption.
    while (at < lastFour && bytes[at] && bytes[at + 2] && bytes[at + 4] && bytes[at + 6]) at += 8;
    if (bytes[at] === 0) {
      const start = bytes[at - 1] === 0 ? at - 1 : at;
      let end = at + 1;
      while (bytes[end] === 0) end += 1;
      if (end - start > 1) runs.push({ start, end });
      at = end;
    }
    at += 2;
  }
  return runs;
}
