import { expect } from "@open-wc/testing";
import { concat } from "../../../src/crypto/bytes.ts";
import { randomBytes } from "../../../src/crypto/base64url.ts";
import type { Bytes } from "../../../src/crypto/bytes.ts";
import {
  CompatibleFrames,
  importCompatibleKey,
} from "../../../src/crypto/frames/compatible-frames.ts";
import type { CompatibleFrameOptions } from "../../../src/crypto/frames/compatible-frames.ts";
import type { FrameCodec } from "../../../src/crypto/frames/codec-wrapper.ts";
import type { FrameType } from "../../../src/crypto/frames/frame-layout.ts";
import type { TrackId } from "../../../src/crypto/agreement/key-schedule.ts";
import { sound } from "../../support/frames.ts";
import { toHex } from "../../support/hex.ts";
import { codeRejectedBy } from "../../support/thrown.ts";

/*
 * Checks the layout against a second implementation, written from the document without the kit. The layout is `[clear: 10 VP8
 * key frame, 3 VP8 delta frame, 1 sound or empty][AES-256-GCM ciphertext][tag 16][IV 12, random]`.
 */

const keyBytes = Uint8Array.from({ length: 32 }, (_, at) => at * 5 + 1);

class TheirClient {
  readonly #key: CryptoKey;

  constructor(key: CryptoKey) {
    this.#key = key;
  }

  static async create(): Promise<TheirClient> {
    return new TheirClient(
      await crypto.subtle.importKey("raw", keyBytes, { name: "AES-GCM" }, false, [
        "encrypt",
        "decrypt",
      ]),
    );
  }

  /** As their iOS client sends: a tag on every frame. */
  async seal(
    frame: Bytes,
    clear: number,
    iv: Bytes = crypto.getRandomValues(new Uint8Array(12)),
  ): Promise<Bytes> {
    const sealed = await crypto.subtle.encrypt(
      { name: "AES-GCM", iv, tagLength: 128 },
      this.#key,
      frame.slice(clear),
    );
    return Uint8Array.from([...frame.slice(0, clear), ...new Uint8Array(sealed), ...iv]);
  }

  /** As their page sends: no tag where nothing follows the clear part. */
  async sealAsPage(frame: Bytes, clear: number): Promise<Bytes> {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return frame.length <= clear ? Uint8Array.from([...frame, ...iv]) : this.seal(frame, clear, iv);
  }

  async open(frame: Bytes, clear: number): Promise<Bytes> {
    const middle = frame.slice(clear, frame.length - 12);
    const iv = frame.slice(frame.length - 12);
    const opened = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv, tagLength: 128 },
      this.#key,
      middle,
    );
    return Uint8Array.from([...frame.slice(0, clear), ...new Uint8Array(opened)]);
  }
}

interface Kind {
  readonly name: string;
  readonly codec: FrameCodec;
  readonly type: FrameType;
  readonly clear: number;
  readonly first: number;
}

const kinds: readonly Kind[] = [
  { name: "sound", codec: "opus", type: undefined, clear: 1, first: 0x78 },
  { name: "a key frame", codec: "vp8", type: "key", clear: 10, first: 0x10 },
  { name: "a delta frame", codec: "vp8", type: "delta", clear: 3, first: 0x31 },
  { name: "an empty picture", codec: "vp8", type: "empty", clear: 1, first: 0x31 },
  { name: "a key frame without a type", codec: "vp8", type: undefined, clear: 10, first: 0x10 },
  { name: "a delta frame without a type", codec: "vp8", type: undefined, clear: 3, first: 0x31 },
];

function frameOf({ first }: Kind, length: number): Bytes {
  const frame = sound(length);
  if (length > 0) frame[0] = first;
  return frame;
}

const shapeOf = (codec: FrameCodec) => ({ codec, isKey: false, width: 0, height: 0 });

async function ours(options?: CompatibleFrameOptions): Promise<CompatibleFrames> {
  return new CompatibleFrames(await importCompatibleKey(keyBytes), options);
}

async function seal(
  frames: CompatibleFrames,
  kind: Kind,
  frame: Bytes,
  track: TrackId = 0,
): Promise<Bytes> {
  const sealed = await frames.seal(track, frame.slice().buffer, shapeOf(kind.codec), kind.type);
  if (sealed === null) throw new Error("The frame was not sealed.");
  return sealed;
}

/** @returns the frame in hexadecimal, or the result's name. */
async function open(
  frames: CompatibleFrames,
  kind: Kind,
  frame: Bytes,
  track: TrackId = 0,
): Promise<string> {
  const opened = await frames.open(track, frame.slice().buffer, kind.codec, kind.type);
  return opened.result === "opened" ? toHex(opened.plaintext) : opened.result;
}

describe("a frame in the layout of SimpleX's own apps", () => {
  let them: TheirClient;
  let us: CompatibleFrames;

  beforeEach(async () => {
    them = await TheirClient.create();
    us = await ours();
  });

  for (const kind of kinds) {
    it(`is opened by them: ${kind.name}`, async () => {
      for (const length of [kind.clear + 1, kind.clear + 2, 80, 3000, 80_000]) {
        const frame = frameOf(kind, length);
        const sealed = await seal(us, kind, frame);
        expect(sealed.length).to.equal(length + 28);
        expect(toHex(sealed.subarray(0, kind.clear))).to.equal(
          toHex(frame.subarray(0, kind.clear)),
        );
        expect(toHex(await them.open(sealed, kind.clear)) === toHex(frame)).to.equal(true);
      }
    });

    it(`is opened where they have sealed it, under random IVs: ${kind.name}`, async () => {
      for (const length of [kind.clear + 1, kind.clear + 2, 80, 3000, 80_000]) {
        const frame = frameOf(kind, length);
        expect(
          (await open(us, kind, await them.seal(frame, kind.clear))) === toHex(frame),
        ).to.equal(true);
      }
    });

    it(`that ends with its clear part goes with a tag, and comes with one: ${kind.name}`, async () => {
      const frame = frameOf(kind, kind.clear);
      const sealed = await seal(us, kind, frame);
      expect(sealed.length).to.equal(kind.clear + 28);
      expect(toHex(await them.open(sealed, kind.clear))).to.equal(toHex(frame));
      expect(await open(us, kind, await them.seal(frame, kind.clear))).to.equal(toHex(frame));
    });

    it(`that their page sent without a tag is dropped, and is no forgery: ${kind.name}`, async () => {
      const bare = await them.sealAsPage(frameOf(kind, kind.clear), kind.clear);
      expect(bare.length).to.equal(kind.clear + 12);
      expect(await open(us, kind, bare)).to.equal("duplicate");
    });
  }

  it("hides everything behind its clear part", async () => {
    for (const kind of kinds) {
      const zeros = new Uint8Array(1000);
      zeros[0] = kind.first;
      const sealed = await seal(us, kind, zeros);
      expect(toHex(sealed.subarray(kind.clear, -12)).includes("00".repeat(6))).to.equal(false);
    }
  });

  it("leaves what it was made of untouched", async () => {
    const frame = sound();
    await us.seal(0, frame.buffer, shapeOf("opus"), undefined);
    expect(toHex(frame)).to.equal(toHex(sound()));
  });

  it("shorter than its clear part goes whole, tag and IV behind it, and no longer means a frame to who receives it", async () => {
    const key = kinds[1]!;
    for (let length = 0; length < 10; length++) {
      const sealed = await seal(us, key, frameOf(key, length));
      expect(sealed.length).to.equal(length + 28);
      expect(toHex(await them.open(sealed, length))).to.equal(toHex(frameOf(key, length)));
      expect(await open(await ours(), key, sealed)).to.equal("forged");
    }
  });

  it("of another codec is not sealed, and refused", async () => {
    const frame = await them.seal(sound(), 1);
    for (const codec of ["vp9", "av1", "h264"] as const) {
      expect(await us.seal(1, sound().buffer, shapeOf(codec), "key")).to.equal(null);
      expect((await us.open(1, frame.slice().buffer, codec, "key")).result).to.equal("forged");
    }
  });
});

describe("the IV of a compatible frame", () => {
  const [audio] = kinds as [Kind];
  const ivOf = (frame: Bytes) => toHex(frame.subarray(-12));

  it("is four bytes of the track's and a counter from 0, which no two frames share, even sealed at the same time", async () => {
    const us = await ours();
    const frames = await Promise.all(Array.from({ length: 300 }, () => seal(us, audio, sound())));
    expect(new Set(frames.map((frame) => ivOf(frame).slice(0, 8))).size).to.equal(1);
    const counters = frames
      .map((frame) => Number.parseInt(ivOf(frame).slice(8), 16))
      .sort((a, b) => a - b);
    expect(counters).to.deep.equal(Array.from({ length: 300 }, (_, at) => at));
  });

  it("has another start in another call", async () => {
    const starts = new Set<string>();
    for (let call = 0; call < 20; call++)
      starts.add(ivOf(await seal(await ours(), audio, sound())).slice(0, 8));
    expect(starts.size).to.equal(20);
  });

  it("is shared by no two tracks, even where chance gives them one start", async () => {
    const draws = [7, 7, 7, 9, 9, 7, 11, 0xffff_ffff];
    const us = await ours({ drawPrefix: () => draws.shift() ?? 0 });
    const ivs: string[] = [];
    for (const track of [0, 1, 2, 3, 0, 1, 2, 3] as const)
      ivs.push(ivOf(await seal(us, audio, sound(), track)));
    expect(ivs.slice(0, 4)).to.deep.equal(
      ["00000007", "00000009", "0000000b", "ffffffff"].map((start) => start.padEnd(24, "0")),
    );
    expect(new Set(ivs).size).to.equal(8);
  });

  it("moves on where a frame could not be sealed", async () => {
    // A key that may only open: the engine refuses to seal with it.
    const key = await crypto.subtle.importKey("raw", keyBytes, "AES-GCM", false, ["decrypt"]);
    const us = new CompatibleFrames(key, { drawPrefix: () => 5 });
    expect(await us.seal(0, sound().buffer, shapeOf("opus"), undefined)).to.equal(null);
    // Which counters count as used shows in what is taken for a frame of our own.
    const them = await TheirClient.create();
    const withCounter = (counter: number) =>
      them.seal(sound(), 1, Uint8Array.of(0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, counter));
    expect(await open(us, audio, await withCounter(0))).to.equal("forged");
    expect(await open(us, audio, await withCounter(1))).to.equal(toHex(sound()));
  });

  it("passes every edge of its counter, and is opened on the other side", async () => {
    const them = await TheirClient.create();
    for (const edge of [2 ** 8, 2 ** 16, 2 ** 24, 2 ** 31]) {
      const us = await ours({ firstCounter: edge - 1 });
      for (const counter of [edge - 1, edge, edge + 1]) {
        const sealed = await seal(us, audio, sound());
        expect(ivOf(sealed).slice(8)).to.equal(counter.toString(16).padStart(16, "0"));
        expect(toHex(await them.open(sealed, 1))).to.equal(toHex(sound()));
      }
    }
  });

  it("ends at 2^32: the last frames are sealed, and then the track's sealing is refused, but no other's", async () => {
    const us = await ours({ firstCounter: 2 ** 32 - 2 });
    const last = [await seal(us, audio, sound()), await seal(us, audio, sound())];
    expect(last.map((frame) => ivOf(frame).slice(8))).to.deep.equal([
      "00000000fffffffe",
      "00000000ffffffff",
    ]);
    for (const frame of last)
      expect(await open(await ours(), audio, frame)).to.equal(toHex(sound()));
    for (let time = 0; time < 3; time++)
      expect(await us.seal(0, sound().buffer, shapeOf("opus"), undefined)).to.equal(null);
    expect(await us.seal(1, sound().buffer, shapeOf("opus"), undefined)).not.to.equal(null);
  });
});

describe("the key of compatible frames", () => {
  it("has 32 bytes and no other number", async () => {
    for (const length of [0, 1, 16, 24, 31, 33, 64]) {
      expect(await codeRejectedBy(importCompatibleKey(randomBytes(length)))).to.equal("insecure");
    }
    expect(await codeRejectedBy(importCompatibleKey(randomBytes(32)))).to.equal(null);
  });

  it("cannot be read again, and the bytes it was made of stay the caller's", async () => {
    const bytes = keyBytes.slice();
    const key = await importCompatibleKey(concat(Uint8Array.of(9), bytes).subarray(1));
    expect(key.extractable).to.equal(false);
    expect([...key.usages].sort()).to.deep.equal(["decrypt", "encrypt"]);
    expect(toHex(bytes)).to.equal(toHex(keyBytes));
    await importCompatibleKey(bytes);
    expect(toHex(bytes)).to.equal(toHex(keyBytes));
    const them = await TheirClient.create();
    const sealed = await seal(new CompatibleFrames(key), kinds[0]!, sound());
    expect(toHex(await them.open(sealed, 1))).to.equal(toHex(sound()));
  });
});
