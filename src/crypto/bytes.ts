import { CallError } from "../errors.ts";
import { alphabet } from "./base64url.ts";

/** Bytes in unshared memory: WebCrypto refuses views on a `SharedArrayBuffer`. */
export type Bytes = Uint8Array<ArrayBuffer>;

const values = new Map(Array.from(alphabet, (character, value) => [character, value]));

/**
 * Decodes base64url without padding. Unused bits must be zero, so that each value has exactly one text.
 *
 * @param length required number of bytes.
 * @throws {CallError} `insecure`: the text comes from a handshake, in which every malformed field is an attack.
 */
export function fromBase64url(text: string, length: number): Bytes {
  const bytes = new Uint8Array(length);
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const character of text) {
    const value = values.get(character);
    if (value === undefined) throw malformed();
    held = (held << 6) | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      if (at >= length) throw malformed();
      bytes[at++] = held >> bits;
      held &= (1 << bits) - 1;
    }
  }
  if (at !== length || held !== 0 || bits >= 6) throw malformed();
  return bytes;
}

function malformed(): CallError {
  return new CallError("insecure", "A field of the agreement is malformed.");
}

/** Encodes UTF-8. */
export function utf8(text: string): Bytes {
  return new TextEncoder().encode(text);
}

/** Concatenates byte arrays. */
export function concat(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Encodes a number as big-endian bytes. */
export function bigEndian(value: number | bigint, length: number): Bytes {
  const bytes = new Uint8Array(length);
  let rest = BigInt(value);
  for (let at = length - 1; at >= 0; at--) {
    bytes[at] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return bytes;
}

/** Concatenates parts, each after its length in four bytes. Different lists give different results. */
export function lengthPrefixed(...parts: readonly Uint8Array[]): Bytes {
  return concat(...parts.flatMap((part) => [bigEndian(part.length, 4), part]));
}

/** Overwrites secrets after use. Copies made by the engine are out of reach. */
export function wipe(...secrets: readonly Uint8Array[]): void {
  for (const secret of secrets) secret.fill(0);
}
