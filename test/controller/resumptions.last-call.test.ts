import { expect } from "@open-wc/testing";
import fc from "fast-check";
import { readLastCall } from "../../src/controller/resumptions.ts";
import { aSnapshot, now } from "../../stories/support/snapshots.ts";

/** A snapshot as a host stores and returns it. */
const stored = (changes: Record<string, unknown> = {}): unknown =>
  JSON.parse(JSON.stringify({ ...aSnapshot("connected", "video"), ...changes }));

describe("the last snapshot of a call", () => {
  it("keeps clock, direction and devices for the next call", () => {
    expect(readLastCall(stored({ reconnections: 3 }), now + 1000)).to.deep.equal({
      media: "video",
      call: {
        ...{
          callId: "c3RvcmllcyBhbmQgdGVzdA",
          direction: "outgoing",
          reconnections: 3,
          isHeld: false,
          isHidden: false,
        },
        ...{ startedAt: now - 760_000, connectedAt: now - 754_000, talked: 754_000 },
        wanted: { microphone: true, camera: true, screen: false },
      },
      until: now + 60_000,
    });
  });

  it("never opens a microphone or a camera that was off", () => {
    const off = { state: "off", problem: null };
    const local = {
      microphone: off,
      camera: { state: "failed", problem: "device-busy" },
      screen: off,
      facing: null,
    };
    expect(readLastCall(stored({ local }), now)?.call.wanted).to.deep.equal({
      microphone: false,
      camera: false,
      screen: false,
    });
  });

  it("is taken for a minute, and not where its moment lies further ahead than that", () => {
    for (const [age, isTaken] of [
      [60_000, true],
      [60_001, false],
      [-60_000, true],
      [-60_001, false],
    ] as const) {
      expect(readLastCall(stored(), now + age) !== null, String(age)).to.equal(isTaken);
    }
  });

  it("is one of a call that was connected, and no other", () => {
    for (const state of [
      "idle",
      "inviting",
      "ringing",
      "incoming",
      "connecting",
      "ended",
    ] as const) {
      expect(readLastCall(aSnapshot(state), now), state).to.equal(null);
    }
    expect(readLastCall(aSnapshot("reconnecting"), now)).not.to.equal(null);
  });

  it("is refused where any field of it is not what it should be", () => {
    const wrong: Record<string, unknown[]> = {
      state: [undefined, null, 1, "toString"],
      asOf: [undefined, null, "now", Number.NaN, -1, 1.5, Infinity],
      callId: [
        undefined,
        null,
        1,
        "",
        "c3RvcmllcyBhbmQgdGVzd",
        "c3RvcmllcyBhbmQgdGVzdAA",
        "c3RvcmllcyBhbmQgdGVzd+",
      ],
      direction: [undefined, null, "both"],
      media: [undefined, null, "screen"],
      startedAt: [undefined, null, "1", now],
      connectedAt: [undefined, null, -1],
      reconnections: [undefined, null, -1, 0.5],
      local: [undefined, null, 1, "on", {}, { microphone: null }],
    };
    for (const [field, values] of Object.entries(wrong)) {
      for (const value of values) {
        expect(
          readLastCall({ ...aSnapshot("connected"), [field]: value }, now),
          `${field} ${String(value)}`,
        ).to.equal(null);
      }
    }
  });

  it("never throws, whatever it is", () => {
    const trap = new Proxy(aSnapshot("connected"), {
      get() {
        throw new Error("caught");
      },
    });
    expect(readLastCall(trap, now)).to.equal(null);
    fc.assert(fc.property(fc.anything(), (value) => readLastCall(value, now) === null));
  });
});
