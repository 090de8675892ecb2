import { expect } from "@open-wc/testing";
import { FrameOpener, FrameSealer } from "../../../src/crypto/frames/frame-layout.ts";
import { Epoch } from "../../../src/crypto/agreement/key-schedule.ts";
import { decodeHeader } from "../../../src/crypto/frames/sframe.ts";

const shape = { codec: "opus", isKey: false, width: 0, height: 0 } as const;

describe("the count of a key", () => {
  it("ends at 2^32: the last frames are sealed and opened, and then the sealer refuses", async () => {
    const secret = await crypto.subtle.generateKey(
      { name: "HMAC", hash: "SHA-512", length: 512 },
      false,
      ["sign"],
    );
    const last = 2 ** 32 - 1;
    const sealer = new FrameSealer(new Epoch(secret), "i2r", () => 0, last - 1);
    const opener = new FrameOpener(new Epoch(secret), "i2r");
    for (const counter of [last - 1, last]) {
      const frame = await sealer.seal(0, new ArrayBuffer(80), shape);
      expect(Number(decodeHeader(frame!)!.counter)).to.equal(counter);
      expect((await opener.open(0, frame!.buffer, "opus")).result).to.equal("opened");
    }
    expect(await sealer.seal(0, new ArrayBuffer(80), shape)).to.equal(null);
    expect(await sealer.seal(0, new ArrayBuffer(80), shape)).to.equal(null);
    // Another track has a key and a count of its own.
    expect(await sealer.seal(1, new ArrayBuffer(80), shape)).not.to.equal(null);
  });
});
