import type { Bytes } from "../bytes.ts";
import type { FrameKey } from "../agreement/key-schedule.ts";
import { encodeHeader } from "./sframe-header.ts";

/** The authentication tag of AES-GCM, in bytes. */
export const tagLength = 16;

// The getter of `crypto.subtle` costs 0.15 µs.
const { subtle } = crypto;

/**
 * Seals one frame (RFC 9605 section 4.4.3), behind a prefix that stays in clear: `[prefix][SFrame header][ciphertext][tag]`.
 *
 * @param prefix the codec wrapper.
 * @param metadata what is authenticated beside the header, in the words of the RFC: the prefix or nothing.
 */
export async function sealSframe(
  { key, salt }: FrameKey,
  kid: number | bigint,
  counter: number | bigint,
  prefix: Uint8Array,
  plaintext: BufferSource,
  metadata: Uint8Array = prefix,
): Promise<Bytes> {
  const header = encodeHeader(kid, counter);
  const sealed = await subtle.encrypt(parameters(salt, counter, header, metadata), key, plaintext);
  // The buffer first: a fifth of a microsecond cheaper than an array that makes its own.
  const frame = new Uint8Array(new ArrayBuffer(prefix.length + header.length + sealed.byteLength));
  frame.set(prefix);
  frame.set(header, prefix.length);
  frame.set(new Uint8Array(sealed), prefix.length + header.length);
  return frame;
}

/**
 * Opens what follows a header (RFC 9605 section 4.4.4).
 *
 * @param header the header's bytes as they were received.
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
 * The nonce and the additional data of the frame at hand. One memory for all frames, since fresh buffers for WebCrypto cost 2 µs a
 * frame: it copies what it is given before it returns (W3C Web Cryptography Level 2, sections 14.3.1 and 18.4.4). So they are filled
 * and handed over in one go, with no `await` between.
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
  // Header, then metadata. A header has up to 17 bytes, a wrapper of ours 10.
  const length = header.length + metadata.length;
  const additionalData =
    length <= authenticated.length ? authenticated.subarray(0, length) : new Uint8Array(length);
  additionalData.set(header);
  additionalData.set(metadata, header.length);
  return { name: "AES-GCM", iv: nonceBytes, additionalData };
}
