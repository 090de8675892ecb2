import { expect } from "@open-wc/testing";
import fc from "fast-check";
import { total, type TrackMeasurement } from "../../../src/call/state/protection.ts";
import { bypassesCompatible, bypassesEncryption } from "../../../src/call/rules/connection.ts";
import { measurement } from "../../support/call-script.ts";

/** As many looks that find the same. */
const looks = (count: number, counts: Partial<TrackMeasurement>) =>
  Array.from({ length: count }, () => measurement(counts));

describe("media that goes past the cipher", () => {
  const bypassing: Record<string, Partial<TrackMeasurement>> = {
    "leaves and is never sealed": { left: 4 },
    "leaves more than was sealed": { left: 1004, sealed: 1000 },
    "arrives and is never opened": { arrived: 4 },
    "arrives and is all forged": { forged: 4 },
    "arrives and is partly forged, none of it opened": { arrived: 2, forged: 2 },
  };
  for (const [what, counts] of Object.entries(bypassing)) {
    it(`is noticed where it ${what}`, () => {
      for (const track of [0, 1, 2, 3] as const) {
        expect(bypassesEncryption(looks(3, { ...counts, track }))).to.equal(true);
      }
    });
  }

  it("is noticed at once where it leaves, or is forged", () => {
    expect(bypassesEncryption(looks(1, { left: 4 }))).to.equal(true);
    expect(bypassesEncryption(looks(1, { forged: 4 }))).to.equal(true);
  });

  it("has a second to be opened where it arrives: the worker of a busy machine comes to it late", () => {
    expect(bypassesEncryption(looks(2, { arrived: 100 }))).to.equal(false);
    expect(
      bypassesEncryption([...looks(2, { arrived: 100 }), measurement({ arrived: 100, opened: 1 })]),
    ).to.equal(false);
    expect(
      bypassesEncryption([measurement({ arrived: 3 }), ...looks(2, { arrived: 100 })]),
    ).to.equal(false);
    expect(bypassesEncryption(looks(3, { arrived: 100 }))).to.equal(true);
  });

  it("of a foreign layout is noticed alike, unless the cipher has dropped it", () => {
    expect(bypassesCompatible(looks(1, { left: 4 }))).to.equal(true);
    expect(bypassesCompatible(looks(2, { arrived: 100 }))).to.equal(false);
    expect(bypassesCompatible(looks(3, { arrived: 100 }))).to.equal(true);
    expect(bypassesCompatible(looks(3, { arrived: 100, forged: 1 }))).to.equal(false);
  });

  const healthy: Record<string, Partial<TrackMeasurement>> = {
    "nothing has flowed": {},
    "the first few frames are on their way": { left: 3, arrived: 3 },
    "a few sealed frames have not left yet": { left: 990, sealed: 1000 },
    "frames were opened, and others forged": { arrived: 100, opened: 50, forged: 50 },
    "many came twice": { arrived: 100, opened: 60, duplicate: 40 },
  };
  for (const [what, counts] of Object.entries(healthy)) {
    it(`is not seen where ${what}`, () => {
      expect(bypassesEncryption(looks(5, counts))).to.equal(false);
    });
  }

  it("on one track is not hidden by another track that seals more", () => {
    const [microphone, camera, ...others] = measurement({
      track: 0,
      left: 10,
      sealed: 1000,
    }).tracks;
    const tracks = [microphone!, { ...camera!, left: 4 }, ...others];
    expect(bypassesEncryption([{ tracks, relayed: null, searching: false }])).to.equal(true);
  });

  it("is never seen in a call that seals all that leaves and opens what arrives", () => {
    const count = fc.nat({ max: 100_000 });
    fc.assert(
      fc.property(count, count, count, (sealed, opened, waiting) => {
        const left = Math.max(0, sealed - waiting);
        return !bypassesEncryption(looks(5, { left, sealed, opened, arrived: opened }));
      }),
    );
  });
});

describe("the sum of a count", () => {
  it("is over all tracks, and nothing where nothing was measured", () => {
    const { tracks } = measurement({});
    const all = tracks.map((track, at) => ({ ...track, sealed: 10 ** at }));
    expect(total({ tracks: all, relayed: null, searching: false }, "sealed")).to.equal(1111);
    expect(total(undefined, "forged")).to.equal(0);
  });
});
