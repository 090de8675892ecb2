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
export function av1Prefix(plaintext: Uint8Array, isKey: boolean, bodyLength: number): Uint8Array {
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
export function av1Body(received: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
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
