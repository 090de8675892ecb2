import { expect } from "@open-wc/testing";
import { epochLimits } from "../../../src/crypto/frames/frame-layout.ts";
import { decodeHeader } from "../../../src/crypto/frames/sframe.ts";
import {
  FrameLine,
  opus,
  sound,
  vp8Delta,
  vp8Key,
  vp9Delta,
  vp9Key,
} from "../../support/frames.ts";
import { toHex } from "../../support/hex.ts";

const headerOf = (frame: Uint8Array) => {
  const { kid, counter } = decodeHeader(frame)!;
  return [Number(kid), Number(counter)];
};

/** The epoch that a sender moves to is derived beside its frames: seals until one of them is in it. */
async function sealUntilKid(line: FrameLine, kid: number): Promise<Uint8Array> {
  for (;;) {
    const frame = await line.seal();
    if (headerOf(frame)[0] === kid) return frame;
  }
}

describe("a sealed frame", () => {
  let line: FrameLine;

  beforeEach(async () => {
    line = await FrameLine.create();
  });

  for (const shape of [opus, vp8Delta, vp8Key, vp9Delta, vp9Key]) {
    for (const length of [0, 1, 9, 80, 3000, 80_000]) {
      it(`is opened again: ${shape.codec} ${shape.isKey ? "key" : "delta"} frame of ${length} bytes`, async () => {
        const frame = await line.seal(shape, sound(length), 1);
        expect(
          toHex((await line.open(frame, shape.codec, 1)) as Uint8Array) === toHex(sound(length)),
        ).to.equal(true);
      });
    }
  }

  it("has nothing of the frame in clear", async () => {
    const zeros = new Uint8Array(1000);
    for (const shape of [opus, vp8Delta, vp8Key, vp9Key]) {
      const frame = await line.seal(shape, zeros, 1);
      expect(toHex(frame).includes("00".repeat(6))).to.equal(false);
    }
  });

  it("adds 17 to 19 bytes to sound within the first 65,536 frames", async () => {
    const sizes = new Set<number>();
    for (let count = 0; count < 300; count++)
      sizes.add((await line.seal()).length - sound().length);
    expect([...sizes]).to.deep.equal([17, 18, 19]);
  });

  it("leaves what it was made of untouched", async () => {
    const plaintext = sound();
    await line.sealer.seal(0, plaintext.buffer, opus);
    expect(toHex(plaintext)).to.equal(toHex(sound()));
  });

  it("has a counter of its own, also where frames of a track are sealed at the same time", async () => {
    const frames = await line.sealMany(300);
    const counters = frames.map((frame) => headerOf(frame)[1]!).sort((a, b) => a - b);
    expect(counters).to.deep.equal(Array.from({ length: 300 }, (_, at) => at));
  });

  it("has a key id and a count of its own on each track", async () => {
    const frames = [];
    for (const track of [0, 1, 2, 3, 0, 1] as const)
      frames.push(headerOf(await line.seal(opus, sound(), track)));
    expect(frames).to.deep.equal([
      [0, 0],
      [1, 0],
      [2, 0],
      [3, 0],
      [0, 1],
      [1, 1],
    ]);
  });
});

describe("the epoch of a sender", () => {
  let line: FrameLine;

  beforeEach(async () => {
    line = await FrameLine.create();
  });

  it("lasts until its time is over, and no frame waits for the next", async () => {
    await line.seal();
    line.now = epochLimits.milliseconds - 1;
    expect(headerOf(await line.seal())[0]).to.equal(0);
    line.now = epochLimits.milliseconds;
    expect(headerOf(await line.seal())[0]).to.equal(0);
    expect(headerOf(await sealUntilKid(line, 4))[1]).to.equal(0);
  });

  it("moves on for every track, each counting from 0 again", async () => {
    for (const track of [0, 1] as const) await line.seal(opus, sound(), track);
    line.now = epochLimits.milliseconds;
    await sealUntilKid(line, 4);
    expect(headerOf(await line.seal(opus, sound(), 1))).to.deep.equal([5, 0]);
    expect(headerOf(await line.seal(opus, sound(), 3))).to.deep.equal([7, 0]);
  });

  it("moves on again after the same time: the bit goes back", async () => {
    line.now = epochLimits.milliseconds;
    await sealUntilKid(line, 4);
    line.now = 2 * epochLimits.milliseconds - 1;
    expect(headerOf(await line.seal())[0]).to.equal(4);
    line.now = 2 * epochLimits.milliseconds;
    await sealUntilKid(line, 0);
  });

  it("never makes one frame twice: no key meets a counter again, in any epoch", async () => {
    const seen = new Set<string>();
    let count = 0;
    for (let epoch = 0; epoch < 5; epoch++) {
      line.now = epoch * epochLimits.milliseconds;
      for (let frame = 0; frame < 20; frame++) {
        seen.add(toHex(await line.seal(opus, new Uint8Array(8))));
        count += 1;
      }
    }
    expect(seen.size).to.equal(count);
  });

  it("is followed by the receiver without a lost frame", async () => {
    for (let epoch = 0; epoch < 6; epoch++) {
      line.now = epoch * epochLimits.milliseconds;
      for (let frame = 0; frame < 10; frame++)
        expect(await line.result(await line.seal())).to.equal("opened");
    }
  });

  it("has limits of ten minutes and about a million frames", () => {
    expect(epochLimits).to.deep.equal({ milliseconds: 600_000, frames: 1_048_576 });
  });
});
