import { expect } from "@open-wc/testing";
import fc from "fast-check";
import { bypassesEncryption, total } from "../../src/call/measurement.ts";
import type { TrackMeasurement } from "../../src/call/measurement.ts";
import { measurement } from "../support/call-script.ts";

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
        expect(bypassesEncryption(measurement({ ...counts, track }))).to.equal(true);
      }
    });
  }

  const healthy: Record<string, Partial<TrackMeasurement>> = {
    "nothing has flowed": {},
    "the first few frames are on their way": { left: 3, arrived: 3 },
    "a few sealed frames have not left yet": { left: 990, sealed: 1000 },
    "frames were opened, and others forged": { arrived: 100, opened: 50, forged: 50 },
    "many came twice": { arrived: 100, opened: 60, duplicate: 40 },
  };
  for (const [what, counts] of Object.entries(healthy)) {
    it(`is not seen where ${what}`, () => {
      expect(bypassesEncryption(measurement(counts))).to.equal(false);
    });
  }

  it("on one track is not hidden by another track that seals more", () => {
    const [microphone, camera, ...others] = measurement({ track: 0, left: 10, sealed: 1000 }).tracks;
    const tracks = [microphone!, { ...camera!, left: 4 }, ...others];
    expect(bypassesEncryption({ tracks, relayed: null })).to.equal(true);
  });

  it("is never seen in a call that seals all that leaves and opens what arrives", () => {
    const count = fc.nat({ max: 100_000 });
    fc.assert(
      fc.property(count, count, count, (sealed, opened, waiting) => {
        const left = Math.max(0, sealed - waiting);
        return !bypassesEncryption(measurement({ left, sealed, opened, arrived: opened }));
      }),
    );
  });
});

describe("the sum of a count", () => {
  it("is over all tracks, and nothing where nothing was measured", () => {
    const { tracks } = measurement({});
    const all = tracks.map((track, at) => ({ ...track, sealed: 10 ** at }));
    expect(total({ tracks: all, relayed: null }, "sealed")).to.equal(1111);
    expect(total(undefined, "forged")).to.equal(0);
  });
});
