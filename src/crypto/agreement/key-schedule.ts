import { bigEndian, concat, utf8, wipe } from "../bytes.ts";
import type { Bytes } from "../bytes.ts";

/** Direction of frames: initiator (caller) to responder (callee), or back. */
export type FrameDirection = "i2r" | "r2i";

/** Tracks of a call: 0 microphone, 1 camera, 2 screen audio, 3 screen video. */
export type TrackId = 0 | 1 | 2 | 3;

/** Key and salt of a frame: `sframe_key` and `sframe_salt` of RFC 9605 section 4.4.2. */
export interface FrameKey {
  readonly key: CryptoKey;
  readonly salt: Bytes;
}

/** A cipher suite of RFC 9605 section 4.5 with AES-GCM and a 16-byte tag. */
export interface SframeSuite {
  readonly id: number;
  readonly hash: "SHA-256" | "SHA-512";
  readonly keyBits: 128 | 256;
}

/** `AES_256_GCM_SHA512_128`: the only suite of `sx-call/1`. */
export const suite5: SframeSuite = { id: 5, hash: "SHA-512", keyBits: 256 };

const saltLength = 12;

/**
 * Derives a frame key from a base key (RFC 9605 section 4.4.2). WebCrypto's HKDF extracts and expands in one call.
 *
 * @param baseKey base key, imported for HKDF.
 */
export async function deriveFrameKey(
  baseKey: CryptoKey,
  kid: number | bigint,
  suite: SframeSuite,
): Promise<FrameKey> {
  const context = concat(bigEndian(kid, 8), bigEndian(suite.id, 2));
  const hkdf = (label: string) => ({
    name: "HKDF",
    hash: suite.hash,
    salt: new Uint8Array(0),
    info: concat(utf8(`SFrame 1.0 Secret ${label} `), context),
  });
  const [key, salt] = await Promise.all([
    crypto.subtle.deriveKey(
      hkdf("key"),
      baseKey,
      { name: "AES-GCM", length: suite.keyBits },
      false,
      ["encrypt", "decrypt"],
    ),
    crypto.subtle.deriveBits(hkdf("salt"), baseKey, saltLength * 8),
  ]);
  return { key, salt: new Uint8Array(salt) };
}

/**
 * Secret of one epoch, `e_n`: 64 bytes in a non-extractable HMAC key. HKDF-Expand (RFC 5869 section 2.3) of one hash length is
 * one HMAC, and WebCrypto has no separate expand.
 */
export class Epoch {
  readonly number: number;
  readonly #secret: CryptoKey;
  readonly #frameKeys = new Map<string, Promise<FrameKey>>();
  #next: Promise<Epoch> | undefined;

  constructor(secret: CryptoKey, number = 0) {
    this.#secret = secret;
    this.number = number;
  }

  /**
   * Returns the key id of a track in this epoch. The lowest bit of the epoch and the track fit into the header's first byte.
   */
  keyId(track: TrackId): number {
    return ((this.number & 1) << 2) | track;
  }

  /** Returns the key of one direction and track, derived once. */
  frameKey(direction: FrameDirection, track: TrackId): Promise<FrameKey> {
    const name = `${direction} ${track}`;
    let key = this.#frameKeys.get(name);
    if (key === undefined) {
      key = this.#deriveFrameKey(direction, track);
      this.#frameKeys.set(name, key);
    }
    return key;
  }

  /** Returns the next epoch, derived once. The ratchet is one-way: the next epoch does not reveal this one. */
  next(): Promise<Epoch> {
    this.#next ??= this.#deriveNext();
    return this.#next;
  }

  async #deriveFrameKey(direction: FrameDirection, track: TrackId): Promise<FrameKey> {
    const base = await this.#expand(`sx-call/1 media ${direction}`);
    const baseKey = await crypto.subtle.importKey("raw", base, "HKDF", false, [
      "deriveKey",
      "deriveBits",
    ]);
    wipe(base);
    return deriveFrameKey(baseKey, this.keyId(track), suite5);
  }

  async #deriveNext(): Promise<Epoch> {
    const secret = await this.#expand("sx-call/1 ratchet");
    const key = await crypto.subtle.importKey(
      "raw",
      secret,
      { name: "HMAC", hash: "SHA-512" },
      false,
      ["sign"],
    );
    wipe(secret);
    return new Epoch(key, this.number + 1);
  }

  async #expand(label: string): Promise<Bytes> {
    return new Uint8Array(
      await crypto.subtle.sign("HMAC", this.#secret, concat(utf8(label), Uint8Array.of(1))),
    );
  }
}
