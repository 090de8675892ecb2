import { CallError } from "../../errors.ts";
import { wipe } from "../bytes.ts";
import type { Bytes } from "../bytes.ts";
import type { FrameCodec, FrameShape } from "./codec-wrapper.ts";
import type { FrameType, OpeningLayout, SealingLayout, Opened } from "./frame-layout.ts";
import type { TrackId } from "../agreement/key-schedule.ts";

/*
 * Frame layout of SimpleX's own apps:
 *
 *   +---------------------------------------+--------------------+--------+-------+
 *   | clear: 10 VP8 key frame, 3 VP8 delta  | AES-256-GCM        | tag 16 | IV 12 |
 *   | frame, 1 sound or empty picture       | ciphertext         |        |       |
 *   +---------------------------------------+--------------------+--------+-------+
 *
 * One key serves both directions and all tracks, and only the ciphertext is authenticated. The clear bytes can be changed in transit,
 * and a frame can be moved to another track. One side cannot fix that. What it can do without the other side's support is done here:
 * own IVs are unique, and replayed ones are refused.
 *
 * The first byte of audio distinguishes a padded packet (see frame-pipeline.ts) from one of the largest size. At a constant bit rate all
 * are of the latter kind; at a variable one, soon almost all are of the former.
 */

const tagLength = 16;
const ivLength = 12;
const keyLength = 32;
const clearLengths = { key: 10, delta: 3, empty: 1 } as const;

/** Highest counter of a track: 2.7 years at 50 frames per second. */
const maxCounter = 2 ** 32 - 1;

/** Number of remembered IVs of a track: 80 s of audio, or two minutes of video. SimpleX's clients remember none. */
export const rememberedIvs = 4096;

const duplicate: Opened = { result: "duplicate" };
const forged: Opened = { result: "forged" };

// Reading the getter `crypto.subtle` takes 0.15 µs.
const { subtle } = crypto;

/**
 * Imports the key of a call with SimpleX's own apps.
 *
 * @param bytes the call's shared key, 32 bytes. The caller erases them.
 * @returns a non-extractable AES-GCM key.
 * @throws {CallError} `insecure` for another length.
 */
export async function importCompatibleKey(bytes: Uint8Array): Promise<CryptoKey> {
  if (bytes.length !== keyLength)
    throw new CallError("insecure", "The key of a compatible call must have 32 bytes.");
  // A copy: WebCrypto refuses views on shared memory.
  const own = Uint8Array.from(bytes);
  try {
    return await subtle.importKey("raw", own, "AES-GCM", false, ["encrypt", "decrypt"]);
  } finally {
    wipe(own);
  }
}

/** Options for tests. */
export interface CompatibleFrameOptions {
  /** First counter, 0 in every call. Tests start near its end. */
  readonly firstCounter?: number;
  /** Returns the random prefix of a track's IVs, 0 to 2^32 - 1. */
  readonly drawPrefix?: () => number;
}

interface SealingTrack {
  readonly prefix: number;
  counter: number;
}

/** Encrypts and decrypts the frames of one call in the layout of SimpleX's own apps, for VP8 and Opus only. Never throws. */
export class CompatibleFrames implements SealingLayout, OpeningLayout {
  readonly #key: CryptoKey;
  readonly #firstCounter: number;
  readonly #drawPrefix: () => number;
  readonly #sealing = new Map<TrackId, SealingTrack>();
  readonly #seen = new Map<TrackId, SeenIvs>();

  constructor(
    key: CryptoKey,
    { firstCounter = 0, drawPrefix = randomPrefix }: CompatibleFrameOptions = {},
  ) {
    this.#key = key;
    this.#firstCounter = firstCounter;
    this.#drawPrefix = drawPrefix;
  }

  /**
   * IV: 4 random bytes per track, then a 64-bit big-endian counter, which advances before the frame is encrypted.
   *
   * A frame with a clear part only still gets a tag, as iOS sends it.
   *
   * @returns the encrypted frame; `null` for another codec, and after 2^32 frames of a track.
   */
  async seal(
    track: TrackId,
    plaintext: ArrayBuffer,
    { codec }: FrameShape,
    type: FrameType,
  ): Promise<Bytes | null> {
    const frame = new Uint8Array(plaintext);
    const clearLength = clearLengthOf(codec, type, frame);
    if (clearLength === null) return null;
    const sealing = this.#sealing.get(track) ?? this.#enter(track);
    if (sealing.counter > maxCounter) return null;
    const counter = sealing.counter++;
    const sealed = new Uint8Array(new ArrayBuffer(frame.length + tagLength + ivLength));
    const ivStart = sealed.length - ivLength;
    const view = new DataView(sealed.buffer, ivStart);
    view.setUint32(0, sealing.prefix);
    // The upper half of the counter stays zero.
    view.setUint32(8, counter);
    const clear = frame.subarray(0, clearLength);
    sealed.set(clear);
    const ciphertext = await subtle
      .encrypt(
        { name: "AES-GCM", iv: sealed.subarray(ivStart) },
        this.#key,
        frame.subarray(clearLength),
      )
      .catch(() => null);
    if (ciphertext === null) return null;
    sealed.set(new Uint8Array(ciphertext), clear.length);
    return sealed;
  }

  async open(
    track: TrackId,
    data: ArrayBuffer,
    codec: FrameCodec,
    type: FrameType,
  ): Promise<Opened> {
    const frame = new Uint8Array(data);
    const clearLength = clearLengthOf(codec, type, frame);
    if (clearLength === null) return forged;
    const ivStart = frame.length - ivLength;
    // Only the clear part, without a tag: SimpleX's page sends short frames this way, such as Opus silence of one byte. The
    // frame is not authenticated, so it is dropped. It is no sign of an attack either, so it does not count as forged.
    if (ivStart === clearLength) return duplicate;
    if (ivStart < clearLength + tagLength) return forged;
    const iv = frame.subarray(ivStart);
    const name = String.fromCharCode(...iv);
    const known = this.#recognize(track, iv, name);
    if (known !== null) return known;
    const plaintext = await subtle
      .decrypt({ name: "AES-GCM", iv }, this.#key, frame.subarray(clearLength, ivStart))
      .catch(() => null);
    if (plaintext === null) return forged;
    // Checked again: the same frame may have been decrypted twice concurrently.
    const knownNow = this.#recognize(track, iv, name);
    if (knownNow !== null) return knownNow;
    this.#remember(track, name);
    const opened = new Uint8Array(new ArrayBuffer(clearLength + plaintext.byteLength));
    opened.set(frame.subarray(0, clearLength));
    opened.set(new Uint8Array(plaintext), clearLength);
    return { result: "opened", plaintext: opened.buffer };
  }

  /** Starts a track with its first frame. */
  #enter(track: TrackId): SealingTrack {
    const taken = [...this.#sealing.values()].map(({ prefix }) => prefix);
    let prefix = this.#drawPrefix();
    // All tracks share one key: equal prefixes would reuse every IV.
    while (taken.includes(prefix)) prefix = this.#drawPrefix();
    const sealing: SealingTrack = { prefix, counter: this.#firstCounter };
    this.#sealing.set(track, sealing);
    return sealing;
  }

  /** Returns the result for an IV that this side has used or seen; `null` for a new one. */
  #recognize(track: TrackId, iv: Bytes, name: string): Opened | null {
    const view = new DataView(iv.buffer, iv.byteOffset);
    const [prefix, high, low] = [view.getUint32(0), view.getUint32(4), view.getUint32(8)];
    for (const own of this.#sealing.values()) {
      // The shared key also decrypts this side's frames: this one was reflected.
      if (prefix === own.prefix && high === 0 && low < own.counter) return forged;
    }
    for (const [where, seen] of this.#seen) {
      // On another track the frame was moved. Its content does not name a track, but each frame can be decrypted only once.
      if (seen.has(name)) return where === track ? duplicate : forged;
    }
    return null;
  }

  #remember(track: TrackId, name: string): void {
    let seen = this.#seen.get(track);
    if (seen === undefined) {
      seen = new SeenIvs();
      this.#seen.set(track, seen);
    }
    seen.add(name);
  }
}

/** The newest IVs of one track, as texts of 12 characters. They are random, so a counter window cannot hold them. */
class SeenIvs {
  readonly #names = new Set<string>();
  /** The same texts in a ring buffer in order of arrival. Finding the first item of a `Set` becomes ever slower. */
  readonly #ring: string[] = [];
  #at = 0;

  has(name: string): boolean {
    return this.#names.has(name);
  }

  add(name: string): void {
    const oldest = this.#ring[this.#at];
    if (oldest !== undefined) this.#names.delete(oldest);
    this.#ring[this.#at] = name;
    this.#names.add(name);
    this.#at = (this.#at + 1) % rememberedIvs;
  }
}

function randomPrefix(): number {
  return new DataView(crypto.getRandomValues(new Uint8Array(4)).buffer).getUint32(0);
}

/** Returns the number of clear bytes of a frame; `null` for an unsupported codec. */
function clearLengthOf(codec: FrameCodec, type: FrameType, frame: Bytes): number | null {
  if (codec === "opus") return clearLengths.empty;
  if (codec !== "vp8") return null;
  // RFC 6386 section 9.1: the lowest bit of a key frame's first byte is 0. iOS detects key frames by it.
  return clearLengths[type ?? (((frame[0] ?? 0) & 1) === 0 ? "key" : "delta")];
}
