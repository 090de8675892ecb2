import { CallError } from "../../errors.ts";
import { wipe } from "../bytes.ts";
import type { Bytes } from "../bytes.ts";
import type { FrameCodec, FrameShape } from "./codec-wrapper.ts";
import type { FrameType, OpeningLayout, SealingLayout } from "./frame-layout.ts";
import type { Opened } from "./frame-opener.ts";
import type { TrackId } from "../agreement/key-schedule.ts";

/*
 * Frames as SimpleX's own apps seal and open them:
 *
 *   +---------------------------------------+--------------------+--------+-------+
 *   | clear: 10 VP8 key frame, 3 VP8 delta  | AES-256-GCM        | tag 16 | IV 12 |
 *   | frame, 1 sound or empty picture       | ciphertext         |        |       |
 *   +---------------------------------------+--------------------+--------+-------+
 *
 * One key for both directions and all tracks, and nothing is authenticated but the ciphertext: the clear bytes can be changed on the
 * way, and a frame can be moved to another track. That cannot be mended from one side. What can be, without the other side's
 * noticing, is done here: no IV of ours comes twice, and none that was seen is taken again.
 *
 * Sound's first byte tells a padded packet (see opus-padding.ts) from one as long as the longest so far. Of a constant bit rate all are
 * of the latter kind; of a changing one, soon almost all are of the former.
 */

const tagLength = 16;
const ivLength = 12;
const keyLength = 32;
const clearLengths = { key: 10, delta: 3, empty: 1 } as const;

/** The highest counter of a track. At 50 frames a second it is 2.7 years away. */
const maxCounter = 2 ** 32 - 1;

/** How many IVs of a track are remembered: 80 s of sound, or two minutes of a picture. Their own clients remember none. */
export const rememberedIvs = 4096;

const duplicate: Opened = { result: "duplicate" };
const forged: Opened = { result: "forged" };

// The getter of `crypto.subtle` costs 0.15 µs.
const { subtle } = crypto;

/**
 * Makes the key of a call with SimpleX's own apps.
 *
 * @param bytes 32 bytes, the call's shared key. They stay the caller's to erase.
 * @returns a non-extractable AES-GCM key.
 * @throws {CallError} `insecure` where the length is another.
 */
export async function importCompatibleKey(bytes: Uint8Array): Promise<CryptoKey> {
  if (bytes.length !== keyLength)
    throw new CallError("insecure", "The key of a compatible call does not have 32 bytes.");
  // A copy: WebCrypto refuses a view on memory that another thread could change.
  const own = Uint8Array.from(bytes);
  try {
    return await subtle.importKey("raw", own, "AES-GCM", false, ["encrypt", "decrypt"]);
  } finally {
    wipe(own);
  }
}

/** What a test has to choose and a call has not. */
export interface CompatibleFrameOptions {
  /** 0 in every call: the end of the count is 4 billion frames away, and a test has to see it. */
  readonly firstCounter?: number;
  /** Draws the start of a track's IVs, 0 to 2^32 - 1. */
  readonly drawPrefix?: () => number;
}

interface SealingTrack {
  readonly prefix: number;
  counter: number;
}

/** Seals and opens the frames of one call in the layout of SimpleX's own apps: VP8 and Opus, no other codec. Never throws. */
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
   * IV: 4 random bytes for each track, then a 64-bit big-endian counter, which moves before the frame is sealed.
   *
   * A frame that is not longer than its clear part goes out with a tag all the same, as iOS sends it.
   *
   * @returns the sealed frame; `null` for another codec, and from 2^32 frames of a track on.
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
    // Nothing but the clear part, and no tag: so their page sends a frame that ends there, such as Opus's silence of one byte. Nothing
    // of it is authenticated, so it is not passed on. It is also no sign of an attack, so it does not count as one: it joins the
    // frames that are dropped without a word.
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
    // Looked at again: the same frame may have been opened twice at the same time.
    const knownNow = this.#recognize(track, iv, name);
    if (knownNow !== null) return knownNow;
    this.#remember(track, name);
    const opened = new Uint8Array(new ArrayBuffer(clearLength + plaintext.byteLength));
    opened.set(frame.subarray(0, clearLength));
    opened.set(new Uint8Array(plaintext), clearLength);
    return { result: "opened", plaintext: opened.buffer };
  }

  /** The first frame of a track. */
  #enter(track: TrackId): SealingTrack {
    const taken = [...this.#sealing.values()].map(({ prefix }) => prefix);
    let prefix = this.#drawPrefix();
    // One key seals all tracks: two with one start would use every IV twice.
    while (taken.includes(prefix)) prefix = this.#drawPrefix();
    const sealing: SealingTrack = { prefix, counter: this.#firstCounter };
    this.#sealing.set(track, sealing);
    return sealing;
  }

  /** What to say of an IV that this side has used or seen; `null` where it is new. */
  #recognize(track: TrackId, iv: Bytes, name: string): Opened | null {
    const view = new DataView(iv.buffer, iv.byteOffset);
    const [prefix, high, low] = [view.getUint32(0), view.getUint32(4), view.getUint32(8)];
    for (const own of this.#sealing.values()) {
      // The one key also opens what this side has sealed: somebody throws our own frame back at us.
      if (prefix === own.prefix && high === 0 && low < own.counter) return forged;
    }
    for (const [where, seen] of this.#seen) {
      // On another track it was moved there: nothing in the frame says where it belongs, but it can only be opened once.
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

/** The newest IVs of one track, each as a text of 12 characters. They are random, so no window of counters can hold them. */
class SeenIvs {
  readonly #names = new Set<string>();
  /** The same in the order they came, round and round. A set's own first item takes ever longer to find. */
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

/** How much of a frame is in clear, in bytes; `null` for a codec that this layout does not have. */
function clearLengthOf(codec: FrameCodec, type: FrameType, frame: Bytes): number | null {
  if (codec === "opus") return clearLengths.empty;
  if (codec !== "vp8") return null;
  // RFC 6386 section 9.1: the lowest bit of a key frame's first byte is 0. iOS tells key frames by it alone.
  return clearLengths[type ?? (((frame[0] ?? 0) & 1) === 0 ? "key" : "delta")];
}
