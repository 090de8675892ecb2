import { expect } from "@open-wc/testing";
import { Epoch } from "../../../src/crypto/agreement/key-schedule.ts";
import type {
  FrameDirection,
  FrameKey,
  TrackId,
} from "../../../src/crypto/agreement/key-schedule.ts";
import { wrapperFor } from "../../../src/crypto/frames/codec-wrapper.ts";
import { sealSframe } from "../../../src/crypto/frames/sframe.ts";
import { epochSecret, opus, vp8Delta, vp8Key } from "../../support/frames.ts";
import { toHex } from "../../support/hex.ts";

const text = new TextEncoder().encode("sframe");

async function sealedHex(key: FrameKey, counter = 0): Promise<string> {
  return toHex(await sealSframe(key, 0, counter, new Uint8Array(0), text));
}

describe("the keys of an epoch", () => {
  /*
   * Calculated apart from this code with Node's own HMAC, HKDF and AES-GCM, for the epoch secret 00 01 02 ... 3f and the text
   * "sframe": HKDF-Expand (RFC 5869 section 2.3), then RFC 9605 section 4.4.
   */
  const known = [
    ["i2r", 0, 0, 0, opus, "00677e2b445c692818e90d385bedbd44d37a4d110e7a01"],
    ["r2i", 0, 0, 0, opus, "00ae08d4880d89f73f46632f33d578285565e6971ade2e"],
    ["i2r", 0, 1, 0, vp8Key, "1000009d012a8002680110518e850740109a8ce222c52bf884b20a4626d7cbd500"],
    ["i2r", 0, 1, 1, vp8Delta, "111137675fe4aa66855fc3ef0e4149ccb74b08cccb0a7c57"],
    ["i2r", 1, 3, 0, opus, "70ff037d58d3ab8c37f27e105f03087a93bd17a5b11ab1"],
  ] as const;
  for (const [direction, number, track, counter, shape, frame] of known) {
    it(`seal as calculated elsewhere: ${direction}, epoch ${number}, track ${track}, counter ${counter}, ${shape.codec}`, async () => {
      let epoch = new Epoch(await epochSecret());
      if (number === 1) epoch = await epoch.next();
      const key = await epoch.frameKey(direction, track);
      const { prefix } = wrapperFor(shape, text.buffer, 0);
      const sealed = await sealSframe(key, epoch.keyId(track), counter, prefix, text);
      expect(toHex(sealed)).to.equal(frame);
    });
  }

  it("are all different, by direction, track and epoch", async () => {
    const seen = new Set<string>();
    let epoch = new Epoch(await epochSecret());
    for (let number = 0; number < 4; number++) {
      for (const direction of ["i2r", "r2i"] as FrameDirection[]) {
        for (const track of [0, 1, 2, 3] as TrackId[])
          seen.add(await sealedHex(await epoch.frameKey(direction, track)));
      }
      epoch = await epoch.next();
    }
    expect(seen.size).to.equal(32);
  });

  it("are derived once, also when they are asked for at the same time", async () => {
    const epoch = new Epoch(await epochSecret());
    const [a, b] = await Promise.all([epoch.frameKey("i2r", 0), epoch.frameKey("i2r", 0)]);
    expect(a === b).to.equal(true);
    const [next, again] = await Promise.all([epoch.next(), epoch.next()]);
    expect(next === again).to.equal(true);
  });

  it("cannot be extracted", async () => {
    const { key } = await new Epoch(await epochSecret()).frameKey("i2r", 0);
    expect(key.extractable).to.equal(false);
    let name = "";
    await crypto.subtle
      .exportKey("raw", key)
      .catch((thrown: unknown) => (name = (thrown as DOMException).name));
    // Node before 22 has a name of its own for it.
    expect(name).to.match(/^InvalidAccess(?:Error|Exception)$/);
  });

  it("have an id of the epoch's lowest bit and the track", async () => {
    let epoch = new Epoch(await epochSecret());
    const ids: number[] = [];
    for (let number = 0; number < 3; number++) {
      ids.push(epoch.keyId(0), epoch.keyId(3));
      epoch = await epoch.next();
    }
    expect(ids).to.deep.equal([0, 3, 4, 7, 0, 3]);
    expect(epoch.number).to.equal(3);
  });
});
