import { expect } from "@open-wc/testing";
import type { FrameCodec } from "../../../src/crypto/frames/codec-wrapper.ts";
import { openFrame, sealFrame } from "../../../src/crypto/frames/frame-functions.ts";
import type { FrameOptions } from "../../../src/crypto/frames/frame-functions.ts";
import { FrameOpener } from "../../../src/crypto/frames/frame-layout.ts";
import { Epoch } from "../../../src/crypto/agreement/key-schedule.ts";

const secret = Uint8Array.from({ length: 64 }, (_, at) => at);
const options: FrameOptions = { secret, direction: "i2r", track: 1, codec: "vp8" };
/** An H264 key frame with parameter sets; for the other codecs any bytes do. */
const plaintext = Uint8Array.of(
  0,
  0,
  0,
  1,
  0x67,
  1,
  2,
  3,
  0,
  0,
  0,
  1,
  0x68,
  4,
  5,
  0,
  0,
  0,
  1,
  0x65,
  6,
  7,
  8,
  9,
);

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (thrown: unknown) => (thrown as { code?: unknown }).code,
  );
}

describe("the public frame functions", () => {
  for (const codec of ["opus", "vp8", "vp9", "av1", "h264"] satisfies FrameCodec[]) {
    for (const isKey of [true, false]) {
      it(`give a frame back as it was: ${codec}, ${isKey ? "key" : "delta"}`, async () => {
        const sealed = await sealFrame(plaintext, {
          ...options,
          codec,
          counter: 300,
          isKey,
          width: 640,
          height: 480,
        });
        const opened = await openFrame(sealed, { ...options, codec });
        expect(opened.counter).to.equal(300);
        expect([...opened.plaintext]).to.deep.equal([...plaintext]);
      });
    }
  }

  it("seal what the kit's own opener opens, also in a later epoch", async () => {
    const key = await crypto.subtle.importKey(
      "raw",
      secret,
      { name: "HMAC", hash: "SHA-512" },
      false,
      ["sign"],
    );
    const opener = new FrameOpener(new Epoch(key), "i2r");
    for (const epoch of [0, 1]) {
      const sealed = await sealFrame(plaintext, { ...options, counter: 0, epoch });
      expect((await opener.open(1, Uint8Array.from(sealed).buffer, "vp8")).result).to.equal(
        "opened",
      );
    }
  });

  it("refuse a frame with any bit flipped, and say no more than that", async () => {
    const sealed = await sealFrame(plaintext, { ...options, counter: 7 });
    for (let bit = 0; bit < 8 * sealed.length; bit++) {
      const mutant = Uint8Array.from(sealed);
      mutant[bit >> 3] = (mutant[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await codeOf(openFrame(mutant, options))).to.equal("bad-frame");
    }
  });

  it("refuse a frame of another direction, track, epoch or secret", async () => {
    const sealed = await sealFrame(plaintext, { ...options, counter: 7 });
    const others: Partial<FrameOptions>[] = [
      { direction: "r2i" },
      { track: 0 },
      { epoch: 1 },
      { epoch: 2 },
      { secret: new Uint8Array(64) },
    ];
    for (const other of others)
      expect(await codeOf(openFrame(sealed, { ...options, ...other }))).to.equal("bad-frame");
  });

  it("refuse options out of range", async () => {
    const bad = [
      { counter: -1 },
      { counter: 2 ** 32 },
      { counter: 0.5 },
      { epoch: -1 },
      { secret: new Uint8Array(32) },
    ];
    for (const one of bad) {
      expect(await codeOf(sealFrame(plaintext, { ...options, counter: 0, ...one }))).to.equal(
        "bad-argument",
      );
    }
  });
});
