import { expect } from "@open-wc/testing";
import fc from "fast-check";
import { concat } from "../../../src/crypto/bytes.ts";
import { wrapperFor } from "../../../src/crypto/frames/codec-wrapper.ts";
import {
  FrameOpener,
  oldEpochLifetime,
  FrameSealer,
} from "../../../src/crypto/frames/frame-layout.ts";
import { Epoch } from "../../../src/crypto/agreement/key-schedule.ts";
import type { FrameDirection, TrackId } from "../../../src/crypto/agreement/key-schedule.ts";
import { sealSframe } from "../../../src/crypto/frames/sframe.ts";
import {
  epochSecret,
  flipped,
  FrameLine,
  opus,
  sound,
  vp8Delta,
  vp8Key,
  vp9Delta,
} from "../../support/frames.ts";
import { fromHex } from "../../support/hex.ts";

/** A frame as a sender that breaks its own rules could make it: any epoch, key id, counter and wrapper. */
async function crafted({
  epochs = 0,
  direction = "i2r" as FrameDirection,
  keyTrack = 0 as TrackId,
  kid = 0 as number | bigint,
  counter = 0 as number | bigint,
  wrapper = new Uint8Array(0) as Uint8Array,
}) {
  let epoch = new Epoch(await epochSecret());
  for (let step = 0; step < epochs; step++) epoch = await epoch.next();
  return sealSframe(await epoch.frameKey(direction, keyTrack), kid, counter, wrapper, sound(20));
}

describe("a frame that was changed on the way", () => {
  let line: FrameLine;

  beforeEach(async () => {
    line = await FrameLine.create();
  });

  for (const shape of [opus, vp8Delta, vp8Key, vp9Delta]) {
    it(`is refused, whichever bit was turned, and the true one is opened after all of them: ${shape.codec} ${shape.isKey ? "key" : "delta"}`, async () => {
      // A counter with a byte of its own, so that every part of the header is there.
      for (let count = 0; count < 9; count++) await line.seal(shape, sound(12), 1);
      const frame = await line.seal(shape, sound(12), 1);
      for (let bit = 0; bit < frame.length * 8; bit++) {
        expect(await line.result(flipped(frame, bit), shape.codec, 1), `bit ${bit}`).to.equal(
          "forged",
        );
      }
      expect(await line.result(frame, shape.codec, 1)).to.equal("opened");
    });

    it(`is refused, wherever it was cut off: ${shape.codec} ${shape.isKey ? "key" : "delta"}`, async () => {
      const frame = await line.seal(shape, sound(12), 1);
      for (let length = 0; length < frame.length; length++) {
        expect(await line.result(frame.slice(0, length), shape.codec, 1)).to.equal("forged");
        expect(await line.result(frame.slice(length + 1), shape.codec, 1)).to.equal("forged");
      }
      expect(await line.result(concat(frame, Uint8Array.of(0)), shape.codec, 1)).to.equal("forged");
      expect(await line.result(frame, shape.codec, 1)).to.equal("opened");
    });
  }

  it("loses nothing of the frames around it: 59 of 59 good ones come out", async () => {
    const frames = await line.sealMany(60);
    const results = [];
    for (const [at, frame] of frames.entries())
      results.push(await line.result(at === 17 ? flipped(frame, 99) : frame));
    expect(results.filter((result) => result === "opened").length).to.equal(59);
    expect(results[17]).to.equal("forged");
  });

  it("retires no key: after 15 forged frames 45 good ones come out", async () => {
    const frames = await line.sealMany(60);
    const results = [];
    for (const [at, frame] of frames.entries())
      results.push(await line.result(at < 15 ? flipped(frame, 60) : frame));
    expect(results.filter((result) => result === "opened").length).to.equal(45);
  });

  it("does not stand in the way of the true one, however high its counter is", async () => {
    const high = await crafted({ counter: 4_000_000_000 });
    const [first, second] = [await line.seal(), await line.seal()];
    expect(await line.result(flipped(high, 100))).to.equal("forged");
    expect([await line.result(first), await line.result(second)]).to.deep.equal([
      "opened",
      "opened",
    ]);
  });

  it("is refused where it is spliced from two", async () => {
    const [a, b] = [await line.seal(), await line.seal()];
    expect(await line.result(concat(a.slice(0, 40), b.slice(40)))).to.equal("forged");
    expect(await line.result(concat(b.slice(0, 1), a.slice(1)))).to.equal("forged");
  });
});

describe("a frame that comes again or late", () => {
  let line: FrameLine;

  beforeEach(async () => {
    line = await FrameLine.create();
  });

  it("is opened once of five times", async () => {
    const frame = await line.seal();
    const results = [];
    for (let time = 0; time < 5; time++) results.push(await line.result(frame));
    expect(results).to.deep.equal(["opened", "duplicate", "duplicate", "duplicate", "duplicate"]);
  });

  it("is opened once where all five come at the same time", async () => {
    const frame = await line.seal();
    const results = await Promise.all([1, 2, 3, 4, 5].map(() => line.result(frame)));
    expect(results.filter((result) => result === "opened").length).to.equal(1);
    expect(results.filter((result) => result === "duplicate").length).to.equal(4);
  });

  it("is opened where it was overtaken by four", async () => {
    const frames = await line.sealMany(100);
    const order = frames
      .map((_, at) => at)
      .sort((a, b) => ((a % 5) * 100 + a) / 5 - ((b % 5) * 100 + b) / 5);
    for (const at of order) expect(await line.result(frames[at]!)).to.equal("opened");
    for (let at = 0; at + 4 < 20; at++)
      expect(await line.result(frames[at + 4]!)).to.equal("duplicate");
  });

  it("is refused where it is older than the window", async () => {
    const frames = await line.sealMany(1100);
    await line.result(frames[1099]!);
    expect(await line.result(frames[1099 - 1024]!)).to.equal("duplicate");
    expect(await line.result(frames[1099 - 1023]!)).to.equal("opened");
  });
});

describe("a frame of somewhere else", () => {
  let line: FrameLine;

  beforeEach(async () => {
    line = await FrameLine.create();
  });

  it("is refused on another track than its own", async () => {
    for (const from of [0, 1, 2, 3] as const) {
      const frame = await line.seal(opus, sound(), from);
      for (const to of [0, 1, 2, 3] as const)
        if (to !== from) expect(await line.result(frame, "opus", to)).to.equal("forged");
    }
  });

  it("is refused under another track's id, sealed with the key of its own", async () => {
    expect(await line.result(await crafted({ keyTrack: 0, kid: 1 }), "opus", 1)).to.equal("forged");
  });

  it("is refused where it is thrown back at its sender", async () => {
    const secret = await epochSecret();
    const own = new FrameSealer(new Epoch(secret), "r2i");
    const back = await own.seal(0, sound().buffer, opus);
    expect(await line.result(back!)).to.equal("forged");
  });

  it("is refused where it was sealed under another secret", async () => {
    const other = new FrameSealer(new Epoch(await epochSecret(new Uint8Array(64))), "i2r");
    expect(await line.result((await other.seal(0, sound().buffer, opus))!)).to.equal("forged");
  });

  it("is refused as a frame of another codec", async () => {
    const frame = await line.seal(vp8Delta, sound(), 1);
    expect(await line.result(frame, "vp9", 1)).to.equal("forged");
    expect(await line.result(await line.seal(vp9Delta, sound(), 1), "vp8", 1)).to.equal("forged");
  });

  it("is refused with an invalid key id or counter", async () => {
    for (const kid of [8, 255, 256n, 2n ** 64n - 1n])
      expect(await line.result(await crafted({ kid }))).to.equal("forged");
    for (const counter of [2n ** 32n, 2n ** 64n - 1n])
      expect(await line.result(await crafted({ counter }))).to.equal("forged");
  });

  it("is opened at every edge of its counter's length", async () => {
    for (const counter of [
      0,
      7,
      8,
      255,
      256,
      2 ** 16 - 1,
      2 ** 16,
      2 ** 16 + 1,
      2 ** 24,
      2 ** 32 - 2,
      2 ** 32 - 1,
    ]) {
      expect(await line.result(await crafted({ counter })), String(counter)).to.equal("opened");
    }
  });

  it("is refused where its header is longer than it need be", async () => {
    const frame = await crafted({ counter: 1 });
    expect(await line.result(concat(fromHex("0801"), frame.slice(1)))).to.equal("forged");
    expect(await line.result(concat(fromHex("8001"), frame.slice(1)))).to.equal("forged");
    expect(await line.result(frame)).to.equal("opened");
  });

  it("keeps its wrapper: a key frame cannot be passed off as a delta frame", async () => {
    const wrapper = wrapperFor(vp8Key, new ArrayBuffer(0), 0).prefix;
    const deltaWrapper = wrapperFor(vp8Delta, new ArrayBuffer(0), 0).prefix;
    const frame = await crafted({ keyTrack: 1, kid: 1, wrapper });
    expect(await line.result(concat(deltaWrapper, frame.slice(wrapper.length)), "vp8", 1)).to.equal(
      "forged",
    );
    expect(await line.result(frame, "vp8", 1)).to.equal("opened");
  });
});

describe("a frame of another epoch", () => {
  let line: FrameLine;

  beforeEach(async () => {
    line = await FrameLine.create();
  });

  it("of the next epoch is opened, and late ones of the old epoch for ten seconds more", async () => {
    const [early, late, tooLate] = await line.sealMany(3);
    await line.result(early!);
    expect(await line.result(await crafted({ epochs: 1, kid: 4 }))).to.equal("opened");
    line.now = oldEpochLifetime - 1;
    expect(await line.result(late!)).to.equal("opened");
    line.now = oldEpochLifetime;
    expect(await line.result(tooLate!)).to.equal("forged");
    expect(await line.result(early!)).to.equal("forged");
    expect(await line.result(await crafted({ epochs: 1, kid: 4, counter: 1 }))).to.equal("opened");
  });

  it("that was opened in the old epoch is a duplicate as long as that one lives", async () => {
    const frame = await line.seal();
    await line.result(frame);
    await line.result(await crafted({ epochs: 1, kid: 4 }));
    expect(await line.result(frame)).to.equal("duplicate");
  });

  it("that skips an epoch is refused", async () => {
    expect(await line.result(await crafted({ epochs: 2, kid: 0 }))).to.equal("forged");
    expect(await line.result(await crafted({ epochs: 3, kid: 4 }))).to.equal("forged");
    expect(await line.result(await line.seal())).to.equal("opened");
  });

  it("that only claims the next epoch moves nothing, however many there are", async () => {
    const frames = await line.sealMany(50);
    const claims = frames.map((frame) => flipped(frame, 6));
    for (const claim of [...claims, ...claims]) expect(await line.result(claim)).to.equal("forged");
    line.now = 10 * oldEpochLifetime;
    for (const frame of frames) expect(await line.result(frame)).to.equal("opened");
    expect(await line.result(await crafted({ epochs: 1, kid: 4 }))).to.equal("opened");
  });

  it("moves the epoch once where many of the next come at the same time", async () => {
    const frames = await Promise.all(
      [0, 1, 2, 3].map((counter) => crafted({ epochs: 1, kid: 4, counter })),
    );
    expect(await Promise.all(frames.map((frame) => line.result(frame)))).to.deep.equal(
      Array(4).fill("opened"),
    );
    expect(await line.result(await line.seal())).to.equal("opened");
    line.now = oldEpochLifetime;
    expect(await line.result(await crafted({ epochs: 2, kid: 0 }))).to.equal("opened");
  });

  it("of another track moves the epoch for all tracks", async () => {
    expect(
      await line.result(await crafted({ epochs: 1, kid: 5, keyTrack: 1 }), "opus", 1),
    ).to.equal("opened");
    line.now = oldEpochLifetime;
    expect(await line.result(await line.seal())).to.equal("forged");
    expect(await line.result(await crafted({ epochs: 1, kid: 4 }))).to.equal("opened");
  });
});

describe("any bytes", () => {
  const codec = fc.constantFrom("opus", "vp8", "vp9");

  it("are refused without a throw, whatever they are", async () => {
    const line = await FrameLine.create();
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        codec,
        fc.constantFrom(0, 1, 2, 3),
        async (bytes, name, track) => {
          expect(await line.result(bytes, name, track)).to.equal("forged");
        },
      ),
      { numRuns: 1500 },
    );
    expect(await line.result(await line.seal())).to.equal("opened");
  });

  it("made of a true frame by changing, cutting and joining are refused without a throw", async () => {
    const opener = new FrameOpener(new Epoch(await epochSecret()), "i2r");
    const line = await FrameLine.create();
    const frames = await Promise.all([
      line.seal(opus),
      line.seal(vp8Delta, sound(), 1),
      line.seal(vp8Key, sound(), 1),
    ]);
    const change = fc.record({ at: fc.nat({ max: 120 }), value: fc.integer({ min: 1, max: 255 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(0, 1, 2),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        codec,
        async (which, changes, name) => {
          const frame = frames[which].slice();
          for (const { at, value } of changes)
            frame[at % frame.length] = frame[at % frame.length]! ^ value;
          fc.pre(frame.some((byte, at) => byte !== frames[which][at]));
          expect((await opener.open(which === 0 ? 0 : 1, frame.buffer, name)).result).to.equal(
            "forged",
          );
        },
      ),
      { numRuns: 1500 },
    );
  });
});
