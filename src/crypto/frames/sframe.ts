import type { Bytes } from "../bytes.ts";
import type { FrameKey } from "../agreement/key-schedule.ts";

/*
 * RFC 9605 section 4.3. One configuration byte, then the key id and the counter where they do not fit into it:
 *
 *   0 1 2 3 4 5 6 7
 *  +-+-+-+-+-+-+-+-+------------+------------+
 *  |X|  K  |Y|  C  |   KID...   |   CTR...   |
 *  +-+-+-+-+-+-+-+-+------------+------------+
 *
 * X = 0: K is the key id (0 to 7); X = 1: the key id follows in K + 1 bytes, big-endian. Y and C say the same of the counter.
 */

/** A decoded header. */
interface SframeHeader {
  readonly kid: bigint;
  readonly counter: bigint;
  /** Length of the header in bytes: 1 to 17. */
  readonly length: number;
}

const long = 8;

/** Returns the length in bytes of the header for a key id and a counter. */
export function headerLength(kid: number | bigint, counter: number | bigint): number {
  return 1 + extraBytes(kid) + extraBytes(counter);
}

/** Encodes the shortest header for a key id and a counter, each from 0 to 2^64 - 1. */
export function encodeHeader(
  kid: number | bigint,
  counter: number | bigint,
): Uint8Array<ArrayBuffer> {
  const kidLength = extraBytes(kid);
  const counterLength = extraBytes(counter);
  const header = new Uint8Array(1 + kidLength + counterLength);
  header[0] =
    ((kidLength === 0 ? Number(kid) : long | (kidLength - 1)) << 4) |
    (counterLength === 0 ? Number(counter) : long | (counterLength - 1));
  writeUint(header, 1, kidLength, kid);
  writeUint(header, 1 + kidLength, counterLength, counter);
  return header;
}

/**
 * Decodes a header. Accepts the shortest form only, so that a frame has exactly one encoding.
 *
 * @returns `null` without a header in its shortest form.
 */
export function decodeHeader(bytes: Uint8Array): SframeHeader | null {
  const config = bytes[0];
  if (config === undefined) return null;
  const kidField = config >> 4;
  const counterField = config & 15;
  const kidLength = kidField < long ? 0 : kidField - long + 1;
  const counterLength = counterField < long ? 0 : counterField - long + 1;
  const length = 1 + kidLength + counterLength;
  if (bytes.length < length) return null;
  const kid = kidLength === 0 ? BigInt(kidField) : readUint(bytes, 1, kidLength);
  const counter =
    counterLength === 0 ? BigInt(counterField) : readUint(bytes, 1 + kidLength, counterLength);
  if (extraBytes(kid) !== kidLength || extraBytes(counter) !== counterLength) return null;
  return { kid, counter, length };
}

/**
 * Decodes the header of a frame of this kit like {@link decodeHeader}, but without big integers, for every received frame. Its
 * key id is below 8 and its counter below 2^32.
 *
 * @returns `null` for every other header.
 */
export function decodeFrameHeader(
  bytes: Uint8Array,
): { kid: number; counter: number; length: number } | null {
  const config = bytes[0];
  if (config === undefined || config >> 4 >= long) return null;
  const counterField = config & 15;
  const counterLength = counterField < long ? 0 : counterField - long + 1;
  if (counterLength > 4 || bytes.length <= counterLength) return null;
  const counter = counterLength === 0 ? counterField : readUint32(bytes, 1, counterLength);
  return extraBytes(counter) === counterLength
    ? { kid: config >> 4, counter, length: 1 + counterLength }
    : null;
}

/** Returns the number of bytes that a value needs outside the configuration byte. */
function extraBytes(value: number | bigint): number {
  if (value < long) return 0;
  // Frame counters are numbers below 2^32, and avoid big integers.
  if (typeof value === "number")
    return value < 0x100 ? 1 : value < 0x1_0000 ? 2 : value < 0x100_0000 ? 3 : 4;
  let length = 0;
  for (let rest = value; rest > 0n; rest >>= 8n) length += 1;
  return length;
}

function writeUint(bytes: Uint8Array, at: number, length: number, value: number | bigint): void {
  if (typeof value === "number") {
    for (let index = 0; index < length; index++)
      bytes[at + index] = value >>> (8 * (length - 1 - index));
    return;
  }
  for (let index = 0; index < length; index++)
    bytes[at + index] = Number((value >> BigInt(8 * (length - 1 - index))) & 0xffn);
}

function readUint32(bytes: Uint8Array, at: number, length: number): number {
  let value = 0;
  for (let index = 0; index < length; index++) value = value * 256 + (bytes[at + index] ?? 0);
  return value;
}

function readUint(bytes: Uint8Array, at: number, length: number): bigint {
  if (length <= 4) return BigInt(readUint32(bytes, at, length));
  let value = 0n;
  for (let index = 0; index < length; index++)
    value = (value << 8n) | BigInt(bytes[at + index] ?? 0);
  return value;
}

/** Length of the AES-GCM authentication tag in bytes. */
export const tagLength = 16;

// Reading the getter `crypto.subtle` takes 0.15 µs.
const { subtle } = crypto;

/**
 * Encrypts one frame (RFC 9605 section 4.4.3) after a clear prefix: `[prefix][SFrame header][ciphertext][tag]`.
 *
 * @param prefix the codec wrapper.
 * @param metadata authenticated in addition to the header (RFC 9605): the prefix or nothing.
 * @param spare bytes that the caller fills, at the end.
 */
export async function sealSframe(
  { key, salt }: FrameKey,
  kid: number | bigint,
  counter: number | bigint,
  prefix: Uint8Array,
  plaintext: BufferSource,
  metadata: Uint8Array = prefix,
  spare = 0,
): Promise<Bytes> {
  const header = encodeHeader(kid, counter);
  const sealed = await subtle.encrypt(parameters(salt, counter, header, metadata), key, plaintext);
  // Allocating the buffer first is 0.2 µs faster than an array that allocates its own.
  const start = prefix.length + header.length;
  const frame = new Uint8Array(new ArrayBuffer(start + sealed.byteLength + spare));
  frame.set(prefix);
  frame.set(header, prefix.length);
  frame.set(new Uint8Array(sealed), start);
  return frame;
}

/**
 * Decrypts the bytes after a header (RFC 9605 section 4.4.4).
 *
 * @param header the header's bytes as received.
 * @returns the plaintext, or `null` where it does not authenticate.
 */
export function openSframe(
  { key, salt }: FrameKey,
  counter: number | bigint,
  header: Uint8Array,
  metadata: Uint8Array,
  ciphertext: Bytes,
): Promise<ArrayBuffer | null> {
  return subtle
    .decrypt(parameters(salt, counter, header, metadata), key, ciphertext)
    .catch(() => null);
}

/*
 * Nonce and additional data of the current frame. Reused for all frames, because new buffers cost 2 µs per frame. WebCrypto copies them
 * before it returns (W3C Web Cryptography Level 2, sections 14.3.1 and 18.4.4). They must be filled and passed without an `await` in
 * between.
 */
const nonce = new DataView(new ArrayBuffer(12));
const nonceBytes = new Uint8Array(nonce.buffer);
const authenticated = new Uint8Array(64);

function parameters(
  salt: Bytes,
  counter: number | bigint,
  header: Uint8Array,
  metadata: Uint8Array,
): AesGcmParams {
  // RFC 9605 section 4.4.3: the counter as a big-endian number of the salt's length, XOR the salt.
  nonceBytes.set(salt);
  if (typeof counter === "number") nonce.setUint32(8, nonce.getUint32(8) ^ counter);
  else nonce.setBigUint64(4, nonce.getBigUint64(4) ^ counter);
  // Header, then metadata: up to 17 bytes and 10 bytes.
  const length = header.length + metadata.length;
  const additionalData =
    length <= authenticated.length ? authenticated.subarray(0, length) : new Uint8Array(length);
  additionalData.set(header);
  additionalData.set(metadata, header.length);
  return { name: "AES-GCM", iv: nonceBytes, additionalData };
}
