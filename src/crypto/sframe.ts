import type { Bytes } from "./bytes.ts";
import type { FrameKey } from "./key-schedule.ts";
import { encodeHeader } from "./sframe-header.ts";

/** The authentication tag of AES-GCM, in bytes. */
export const tagLength = 16;

/**
 * Seals one frame (RFC 9605 section 4.4.3), behind a prefix that stays in clear:
 * `[prefix][SFrame header][ciphertext][tag]`, the prefix and the header authenticated.
 *
 * @param prefix the codec wrapper; in the words of the RFC it is the metadata.
 */
export async function sealSframe(
  { key, salt }: FrameKey,
  kid: number | bigint,
  counter: number | bigint,
  prefix: Uint8Array,
  plaintext: BufferSource & { readonly byteLength: number },
): Promise<Bytes> {
  const header = encodeHeader(kid, counter);
  const sealed = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv: nonce(salt, counter), additionalData: additionalData(header, prefix) },
    key,
    plaintext,
  );
  const frame = new Uint8Array(prefix.length + header.length + sealed.byteLength);
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
export async function openSframe(
  { key, salt }: FrameKey,
  counter: number | bigint,
  header: Uint8Array,
  prefix: Uint8Array,
  ciphertext: Bytes,
): Promise<ArrayBuffer | null> {
  try {
    return await crypto.subtle.decrypt(
      { name: "AES-GCM", iv: nonce(salt, counter), additionalData: additionalData(header, prefix) },
      key,
      ciphertext,
    );
  } catch {
    return null;
  }
}

/** RFC 9605 section 4.4.3: the counter as a big-endian number of the salt's length, XOR the salt. */
function nonce(salt: Bytes, counter: number | bigint): Bytes {
  const iv = salt.slice();
  const view = new DataView(iv.buffer, iv.byteOffset);
  const at = iv.length - 8;
  if (typeof counter === "number") view.setUint32(at + 4, view.getUint32(at + 4) ^ counter);
  else view.setBigUint64(at, view.getBigUint64(at) ^ counter);
  return iv;
}

/** RFC 9605 section 4.4.3: header, then metadata. */
function additionalData(header: Uint8Array, metadata: Uint8Array): Bytes {
  const data = new Uint8Array(header.length + metadata.length);
  data.set(header);
  data.set(metadata, header.length);
  return data;
}
