import type { Bytes } from "../../src/crypto/bytes.ts";
import type { FrameCodec, FrameShape } from "../../src/crypto/frames/codec-wrapper.ts";
import { FrameOpener, FrameSealer } from "../../src/crypto/frames/frame-layout.ts";
import { Epoch } from "../../src/crypto/agreement/key-schedule.ts";
import type { TrackId } from "../../src/crypto/agreement/key-schedule.ts";

/** The secret of an epoch 0, as the key agreement gives it: 64 bytes inside a non-extractable HMAC key. */
export function epochSecret(
  bytes: Bytes = Uint8Array.from({ length: 64 }, (_, at) => at),
): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-512" }, false, ["sign"]);
}

export const opus: FrameShape = { codec: "opus", isKey: false, width: 0, height: 0 };
export const vp8Delta: FrameShape = { codec: "vp8", isKey: false, width: 640, height: 360 };
export const vp8Key: FrameShape = { codec: "vp8", isKey: true, width: 640, height: 360 };
export const vp9Delta: FrameShape = { codec: "vp9", isKey: false, width: 640, height: 360 };
export const vp9Key: FrameShape = { codec: "vp9", isKey: true, width: 640, height: 360 };

/** The sealing and the opening end of one direction, with a clock that the test moves. */
export class FrameLine {
  readonly sealer: FrameSealer;
  readonly opener: FrameOpener;
  now = 0;

  private constructor(sealing: Epoch, opening: Epoch) {
    const now = () => this.now;
    this.sealer = new FrameSealer(sealing, "i2r", now);
    this.opener = new FrameOpener(opening, "i2r", now);
  }

  static async create(): Promise<FrameLine> {
    const secret = await epochSecret();
    return new FrameLine(new Epoch(secret), new Epoch(secret));
  }

  async seal(
    shape: FrameShape = opus,
    plaintext: Uint8Array = sound(),
    track: TrackId = 0,
  ): Promise<Bytes> {
    const sealed = await this.sealer.seal(track, plaintext.slice().buffer, shape);
    if (sealed === null) throw new Error("The key is used up.");
    return sealed;
  }

  sealMany(count: number): Promise<Bytes[]> {
    return Promise.all(
      Array.from({ length: count }, (_, at) => this.seal(opus, Uint8Array.of(at, at >> 8))),
    );
  }

  /** @returns the result's name, or the frame's own bytes where it was opened. */
  async open(
    frame: Uint8Array,
    codec: FrameCodec = "opus",
    track: TrackId = 0,
  ): Promise<string | Uint8Array> {
    const opened = await this.opener.open(track, frame.slice().buffer, codec);
    return opened.result === "opened" ? new Uint8Array(opened.plaintext) : opened.result;
  }

  async result(frame: Uint8Array, codec: FrameCodec = "opus", track: TrackId = 0): Promise<string> {
    return (await this.opener.open(track, frame.slice().buffer, codec)).result;
  }
}

/** A frame as an encoder would make it. */
export function sound(length = 80): Bytes {
  return Uint8Array.from({ length }, (_, at) => (at * 7 + 3) & 255);
}

/** The same bytes with one bit turned. */
export function flipped(frame: Uint8Array, bit: number): Bytes {
  const copy = frame.slice();
  copy[bit >> 3] = copy[bit >> 3]! ^ (1 << (bit & 7));
  return copy;
}
