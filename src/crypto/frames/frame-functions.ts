import { CallError } from "../../errors.ts";
import { unwrap, wrapperFor } from "./codec-wrapper.ts";
import type { FrameCodec } from "./codec-wrapper.ts";
import { escapeH264, h264Spare } from "./h264.ts";
import { Epoch } from "../agreement/key-schedule.ts";
import type { FrameDirection, TrackId } from "../agreement/key-schedule.ts";
import { openSframe, sealSframe, tagLength, decodeHeader, headerLength } from "./sframe.ts";

/** Parameters that both ends of a frame must agree on. */
export interface FrameOptions {
  /** Secret of epoch 0, `e_0` of the key agreement: 64 bytes, or an HMAC-SHA-512 key imported from them. */
  readonly secret: Uint8Array | CryptoKey;
  /** `i2r` for frames of the initiator (caller), `r2i` for frames of the responder (callee). */
  readonly direction: FrameDirection;
  /** 0 microphone, 1 camera, 2 screen audio, 3 screen video. */
  readonly track: TrackId;
  /** Codec of the frame. It determines the clear bytes before the ciphertext. */
  readonly codec: FrameCodec;
  /** Number of ratchet steps: 0 to 65,535, 0 by default. */
  readonly epoch?: number;
}

/** Parameters of the sender only. */
export interface SealOptions extends FrameOptions {
  /**
   * 0 to 2^32 - 1, unique for every frame of a direction, track and epoch. The caller must guarantee this: reusing a counter
   * under one key breaks AES-GCM for both frames.
   */
  readonly counter: number;
  /** `true` for a key frame. `false` by default. */
  readonly isKey?: boolean;
  /** Size of the picture in pixels, for VP8 key frames. */
  readonly width?: number;
  readonly height?: number;
}

/**
 * Encrypts one encoded frame as the kit's worker does. For hosts that process media elsewhere: a
 * native client, a recorder, a test.
 *
 * ```
 * +----------------+---------------+------------------------+--------+
 * | codec wrapper  | SFrame header | ciphertext             | tag 16 |
 * +----------------+---------------+------------------------+--------+
 *   0 to n, clear     1 to 6, clear   as long as the frame
 *
 * header   RFC 9605 section 4.3; key id = (epoch & 1) << 2 | track
 * wrapper  Opus, VP9: none
 *          VP8:  11 for a delta frame; 10 00 00 9d 01 2a width16 height16 (little-endian) for a key frame
 *          AV1:  the sequence header of a key frame, then 32 and the body's length as leb128
 *          H264: SPS and PPS of a key frame, then 00 00 00 01 and 65 88 80 (key) or 41 9a 80; the body then has emulation
 *                prevention, and 80 at its end
 * AAD      header | VP8's wrapper; with other codecs the header alone
 * key      base = HMAC-SHA-512(e_n, "sx-call/1 media " direction 01), then RFC 9605 section 4.4.2 for the key id, suite 5
 * e_n+1    HMAC-SHA-512(e_n, "sx-call/1 ratchet" 01)
 * ```
 *
 * @returns the encrypted frame.
 * @throws {CallError} `bad-argument` for an option out of range.
 */
export async function sealFrame(plaintext: Uint8Array, options: SealOptions): Promise<Uint8Array> {
  const { codec, counter, direction, track, isKey = false, width = 0, height = 0 } = options;
  if (!Number.isInteger(counter) || counter < 0 || counter > 0xffff_ffff)
    throw badArgument("counter");
  const epoch = await epochOf(options);
  const kid = epoch.keyId(track);
  // A copy, because the caller may reuse its buffer.
  const frame = Uint8Array.from(plaintext);
  const bodyLength = headerLength(kid, counter) + frame.length + tagLength;
  const { prefix, metadata } = wrapperFor(
    { codec, isKey, width, height },
    frame.buffer,
    bodyLength,
  );
  const sealed = await sealSframe(
    await epoch.frameKey(direction, track),
    kid,
    counter,
    prefix,
    frame,
    metadata,
    codec === "h264" ? h264Spare : 0,
  );
  return codec === "h264" ? escapeH264(sealed, prefix.length) : sealed;
}

/**
 * Decrypts one frame of {@link sealFrame} or of a kit's worker. Keeps no record of counters: a receiver must reject replayed
 * ones (RFC 9605 section 9.3).
 *
 * @returns the encoded frame and its counter.
 * @throws {CallError} `bad-frame` where it does not authenticate, or belongs to another track or epoch: one error for all
 * cases. `bad-argument` for an option out of range.
 */
export async function openFrame(
  frame: Uint8Array,
  options: FrameOptions,
): Promise<{ readonly plaintext: Uint8Array; readonly counter: number }> {
  const { codec, direction, track } = options;
  const epoch = await epochOf(options);
  const unwrapped = unwrap(codec, Uint8Array.from(frame));
  if (unwrapped === null) throw badFrame();
  const { body, metadata } = unwrapped;
  const header = decodeHeader(body);
  if (header?.kid !== BigInt(epoch.keyId(track)) || header.counter > 0xffff_ffffn) throw badFrame();
  if (body.length < header.length + tagLength) throw badFrame();
  const counter = Number(header.counter);
  const key = await epoch.frameKey(direction, track);
  const plaintext = await openSframe(
    key,
    counter,
    body.subarray(0, header.length),
    metadata,
    body.subarray(header.length),
  );
  if (plaintext === null) throw badFrame();
  return { plaintext: new Uint8Array(plaintext), counter };
}

async function epochOf({
  secret,
  track,
  direction,
  epoch: number = 0,
}: FrameOptions): Promise<Epoch> {
  if (![0, 1, 2, 3].includes(track)) throw badArgument("track");
  if (!["i2r", "r2i"].includes(direction)) throw badArgument("direction");
  if (!Number.isInteger(number) || number < 0 || number > 0xffff) throw badArgument("epoch");
  let epoch = new Epoch(secret instanceof CryptoKey ? secret : await importSecret(secret));
  while (epoch.number < number) epoch = await epoch.next();
  return epoch;
}

async function importSecret(secret: Uint8Array): Promise<CryptoKey> {
  if (!(secret instanceof Uint8Array) || secret.length !== 64) throw badArgument("secret");
  return crypto.subtle.importKey(
    "raw",
    Uint8Array.from(secret),
    { name: "HMAC", hash: "SHA-512" },
    false,
    ["sign"],
  );
}

function badArgument(name: string): CallError {
  return new CallError(
    "bad-argument",
    `The option "${name}" of a frame is of the wrong type or out of range.`,
  );
}

function badFrame(): CallError {
  return new CallError("bad-frame", "A frame does not authenticate.");
}
