import { expect } from "@open-wc/testing";
import fc from "fast-check";
import { concat } from "../../src/crypto/bytes.ts";
import { randomBytes } from "../../src/crypto/base64url.ts";
import type { Bytes } from "../../src/crypto/bytes.ts";
import {
  CompatibleFrames,
  importCompatibleKey,
  rememberedIvs,
} from "../../src/crypto/frames/compatible-frames.ts";
import type { FrameCodec } from "../../src/crypto/frames/codec-wrapper.ts";
import type { FrameType } from "../../src/crypto/frames/frame-layout.ts";
import type { TrackId } from "../../src/crypto/agreement/key-schedule.ts";
import { flipped, sound } from "../support/frames.ts";
import { toHex } from "../support/hex.ts";

const keyBytes = Uint8Array.from({ length: 32 }, (_, at) => 255 - at);

interface Kind {
  readonly codec: FrameCodec;
  readonly type: FrameType;
  readonly clear: number;
}

const audio: Kind = { codec: "opus", type: undefined, clear: 1 };
const keyPicture: Kind = { codec: "vp8", type: "key", clear: 10 };
const deltaPicture: Kind = { codec: "vp8", type: "delta", clear: 3 };

/** Both sides of a call that this kit has with itself: each has a random start of its own. */
class Call {
  readonly #sender: CompatibleFrames;
  readonly #receiver: CompatibleFrames;

  private constructor(key: CryptoKey) {
    this.#sender = new CompatibleFrames(key);
    this.#receiver = new CompatibleFrames(key);
  }

  static async create(): Promise<Call> {
    return new Call(await importCompatibleKey(keyBytes));
  }

  async seal(kind: Kind = audio, frame: Bytes = sound(20), track: TrackId = 0): Promise<Bytes> {
    return (await this.#sender.seal(
      track,
      frame.slice().buffer,
      { codec: kind.codec, isKey: false, width: 0, height: 0 },
      kind.type,
    ))!;
  }

  async sealMany(count: number): Promise<Bytes[]> {
    const frames = [];
    for (let at = 0; at < count; at++) frames.push(await this.seal());
    return frames;
  }

  async result(frame: Bytes, kind: Kind = audio, track: TrackId = 0): Promise<string> {
    return (await this.#receiver.open(track, frame.slice().buffer, kind.codec, kind.type)).result;
  }

  async plaintext(frame: Bytes, kind: Kind = audio): Promise<string> {
    const opened = await this.#receiver.open(0, frame.slice().buffer, kind.codec, kind.type);
    return opened.result === "opened" ? toHex(opened.plaintext) : opened.result;
  }

  /** Returns the result of sending a frame back to its sender. */
  async reflected(frame: Bytes, track: TrackId = 0): Promise<string> {
    return (await this.#sender.open(track, frame.slice().buffer, "opus", undefined)).result;
  }
}

describe("a compatible frame that was changed on the way", () => {
  let call: Call;

  beforeEach(async () => {
    call = await Call.create();
  });

  for (const kind of [audio, keyPicture, deltaPicture]) {
    const name = `${kind.codec} ${kind.type ?? ""}`;

    it(`is refused, whichever bit of ciphertext, tag or IV was turned, and the true one is opened after all of them: ${name}`, async () => {
      const frame = await call.seal(kind);
      for (let bit = kind.clear * 8; bit < frame.length * 8; bit++) {
        expect(await call.result(flipped(frame, bit), kind), `bit ${bit}`).to.equal("forged");
      }
      expect(await call.result(frame, kind)).to.equal("opened");
    });

    it(`is opened where a bit of its clear part was turned, the layout's known weakness, but then only once: ${name}`, async () => {
      const clear = concat(Uint8Array.of(0), sound(19));
      for (let bit = 0; bit < kind.clear * 8; bit++) {
        const frame = await call.seal(kind, clear);
        expect(await call.plaintext(flipped(frame, bit), kind)).to.equal(
          toHex(flipped(clear, bit)),
        );
        expect(await call.result(frame, kind)).to.equal("duplicate");
      }
    });

    it(`is refused, wherever it was cut off, but for what their page sends of an empty frame: ${name}`, async () => {
      const frame = await call.seal(kind);
      for (let length = 0; length < frame.length; length++) {
        const isBare = length === kind.clear + 12;
        expect(await call.result(frame.slice(0, length), kind), `${length} of it`).to.equal(
          isBare ? "duplicate" : "forged",
        );
        const rest = frame.slice(frame.length - length);
        expect(await call.result(rest, kind), `the last ${length}`).to.equal(
          isBare ? "duplicate" : "forged",
        );
      }
      expect(await call.result(concat(frame, Uint8Array.of(0)), kind)).to.equal("forged");
      expect(await call.result(frame, kind)).to.equal("opened");
    });
  }

  it("loses nothing of the frames around it: 59 of 59 good ones come out", async () => {
    const frames = await call.sealMany(60);
    const results = [];
    for (const [at, frame] of frames.entries())
      results.push(await call.result(at === 17 ? flipped(frame, 99) : frame));
    expect(results.filter((result) => result === "opened").length).to.equal(59);
    expect(results[17]).to.equal("forged");
  });

  it("retires no key: after 15 forged frames 45 good ones come out", async () => {
    const frames = await call.sealMany(60);
    const results = [];
    for (const [at, frame] of frames.entries())
      results.push(await call.result(at < 15 ? flipped(frame, 60) : frame));
    expect(results.filter((result) => result === "opened").length).to.equal(45);
  });

  it("is refused where it is spliced from two", async () => {
    const [a, b] = [await call.seal(), await call.seal()];
    expect(await call.result(concat(a.slice(0, -12), b.slice(-12)))).to.equal("forged");
    expect(await call.result(concat(a.slice(0, 10), b.slice(10)))).to.equal("forged");
  });

  it("is refused where it was sealed under another key", async () => {
    const other = new CompatibleFrames(await importCompatibleKey(randomBytes(32)));
    const frame = await other.seal(
      0,
      sound().buffer,
      { codec: "opus", isKey: false, width: 0, height: 0 },
      undefined,
    );
    expect(await call.result(frame!)).to.equal("forged");
  });

  it("is refused where it was never sealed", async () => {
    for (const kind of [audio, keyPicture, deltaPicture])
      expect(await call.result(sound(), kind)).to.equal("forged");
  });
});

describe("a compatible frame that comes again", () => {
  let call: Call;

  beforeEach(async () => {
    call = await Call.create();
  });

  it("is opened once of five times", async () => {
    const frame = await call.seal();
    const results = [];
    for (let time = 0; time < 5; time++) results.push(await call.result(frame));
    expect(results).to.deep.equal(["opened", "duplicate", "duplicate", "duplicate", "duplicate"]);
  });

  it("is opened once where all five come at the same time", async () => {
    const frame = await call.seal();
    const results = await Promise.all([1, 2, 3, 4, 5].map(() => call.result(frame)));
    expect(results.sort()).to.deep.equal([
      "duplicate",
      "duplicate",
      "duplicate",
      "duplicate",
      "opened",
    ]);
  });

  it("is opened once where it comes on two tracks at the same time", async () => {
    const frame = await call.seal();
    const results = await Promise.all(
      ([0, 2] as const).map((track) => call.result(frame, audio, track)),
    );
    expect(results.sort()).to.deep.equal(["forged", "opened"]);
  });

  it("is opened where others overtook it, however many", async () => {
    const frames = await call.sealMany(200);
    for (const frame of frames.reverse()) expect(await call.result(frame)).to.equal("opened");
  });

  it("is not blocked by a forged one with its IV", async () => {
    const frame = await call.seal();
    expect(await call.result(flipped(frame, 80))).to.equal("forged");
    expect(await call.result(frame)).to.equal("opened");
  });

  it("is refused on another track, once it has been opened on its own", async () => {
    const frame = await call.seal();
    expect(await call.result(frame)).to.equal("opened");
    for (const track of [1, 2, 3] as const)
      expect(await call.result(frame, audio, track)).to.equal("forged");
  });

  it(`is known for ${rememberedIvs} frames of its track, and for no more: the memory has an end`, async () => {
    const frames = await call.sealMany(rememberedIvs + 1);
    for (const frame of frames.slice(0, -1)) await call.result(frame);
    expect(await call.result(frames[0]!)).to.equal("duplicate");
    expect(await call.result(frames.at(-1)!)).to.equal("opened");
    expect(await call.result(frames[1]!)).to.equal("duplicate");
    expect(await call.result(frames[0]!)).to.equal("opened");
  });
});

describe("a compatible frame that is thrown back at its sender", () => {
  it("is refused on every track, although the key would open it", async () => {
    const call = await Call.create();
    const frames = await call.sealMany(5);
    for (const track of [0, 1, 2, 3] as const) {
      for (const frame of frames) expect(await call.reflected(frame, track)).to.equal("forged");
    }
    expect(await call.result(frames[0]!)).to.equal("opened");
  });

  it("is detected by a used counter: a frame of the other side may have the same prefix and a later counter", async () => {
    const key = await importCompatibleKey(keyBytes);
    const shape = { codec: "opus", isKey: false, width: 0, height: 0 } as const;
    const us = new CompatibleFrames(key, { drawPrefix: () => 5 });
    const them = new CompatibleFrames(key, { drawPrefix: () => 5, firstCounter: 3 });
    for (let count = 0; count < 3; count++) await us.seal(0, sound().buffer, shape, undefined);
    const [third, fourth] = [
      await them.seal(0, sound().buffer, shape, undefined),
      await them.seal(0, sound().buffer, shape, undefined),
    ];
    expect((await us.open(0, third!.buffer, "opus", undefined)).result).to.equal("opened");
    await us.seal(0, sound().buffer, shape, undefined);
    await us.seal(0, sound().buffer, shape, undefined);
    expect((await us.open(0, fourth!.buffer, "opus", undefined)).result).to.equal("forged");
  });
});

describe("any bytes, as compatible frames", () => {
  const codecs: readonly FrameCodec[] = ["opus", "vp8", "vp9", "av1", "h264"];
  const types: readonly FrameType[] = [undefined, "key", "delta", "empty"];

  it("are refused without a throw: 20,000 buffers", async () => {
    const call = await Call.create();
    const results = new Set<string>();
    for (let run = 0; run < 20_000; run++) {
      const kind: Kind = { codec: codecs[run % 5]!, type: types[run % 4], clear: 0 };
      results.add(
        await call.result(randomBytes(Math.floor(Math.random() * 120)), kind, (run % 4) as TrackId),
      );
    }
    expect([...results].sort()).to.deep.equal(["duplicate", "forged"]);
    expect(await call.result(await call.seal())).to.equal("opened");
  });

  it("made of a true frame by changing what is authenticated are refused without a throw", async () => {
    const call = await Call.create();
    const frame = await call.seal();
    const change = fc.record({
      at: fc.integer({ min: 1, max: frame.length - 1 }),
      value: fc.integer({ min: 1, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const changed = frame.slice();
        for (const { at, value } of changes) changed[at] = changed[at]! ^ value;
        fc.pre(changed.some((byte, at) => byte !== frame[at]));
        expect(await call.result(changed)).to.equal("forged");
      }),
      { numRuns: 1000 },
    );
  });
});
