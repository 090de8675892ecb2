import { expect } from "@open-wc/testing";
import fc from "fast-check";
import {
  judgeQuality,
  measureUplink,
  qualityWindow,
  ratingFactor,
} from "../../../src/call/state/quality.ts";
import type {
  IncomingCounts,
  OutgoingCounts,
  PathCounts,
  QualitySample,
} from "../../../src/call/state/quality.ts";

const incoming: IncomingCounts = {
  packetsReceived: null,
  packetsLost: null,
  bytesReceived: null,
  jitter: null,
  framesDecoded: null,
  framesPerSecond: null,
  frameHeight: null,
  freezeCount: null,
  totalFreezesDuration: null,
};
const path: PathCounts = {
  id: "one",
  bytesReceived: null,
  bytesSent: null,
  checksReceived: null,
  roundTripTime: null,
  availableOutgoingBitrate: null,
  relayed: null,
  protocol: null,
};

/** One second of a call: audio, and video if its figures are set. */
interface Second {
  readonly received: number;
  readonly lost: number;
  readonly fractionLost: number;
  readonly roundTrip: number | null;
  /** `true` if the other side reported in it. */
  readonly reports: boolean;
  readonly jitter: number;
  readonly freezes: number;
  readonly frozen: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly checks: number;
  readonly path: Partial<PathCounts>;
}

const healthy: Second = {
  received: 50,
  lost: 0,
  fractionLost: 0,
  roundTrip: 0.05,
  reports: true,
  jitter: 0.002,
  freezes: 0,
  frozen: 0,
  bytesIn: 10_000,
  bytesOut: 20_000,
  checks: 1,
  path: {},
};
const cut: Partial<Second> = { received: 0, bytesIn: 0, checks: 0, reports: false };

/** Samples of seconds, one after another: totals, as an engine gives them. The first sample is before the first second. */
function call(...seconds: readonly Partial<Second>[]): QualitySample[] {
  const total = {
    received: 500,
    lost: 0,
    freezes: 0,
    frozen: 0,
    bytesIn: 9_000,
    bytesOut: 9_000,
    checks: 3,
    sent: 500,
  };
  let reported: OutgoingCounts["reported"] = null;
  const sample = (at: number, second: Second): QualitySample => ({
    at,
    tracks: [
      {
        track: 0,
        incoming: {
          ...incoming,
          packetsReceived: total.received,
          packetsLost: total.lost,
          jitter: second.jitter,
        },
        outgoing: { packetsSent: total.sent, bytesSent: total.bytesOut, reported },
      },
      {
        track: 1,
        incoming: { ...incoming, freezeCount: total.freezes, totalFreezesDuration: total.frozen },
        outgoing: null,
      },
      { track: 2, incoming: null, outgoing: null },
      { track: 3, incoming: null, outgoing: null },
    ],
    path: {
      ...path,
      bytesReceived: total.bytesIn,
      bytesSent: total.bytesOut,
      checksReceived: total.checks,
      ...second.path,
    },
  });
  return [
    sample(0, healthy),
    ...seconds.map((given, index) => {
      const second: Second = { ...healthy, ...given };
      total.received += second.received;
      total.lost += second.lost;
      total.freezes += second.freezes;
      total.frozen += second.frozen;
      total.bytesIn += second.bytesIn;
      total.bytesOut += second.bytesOut;
      total.checks += second.checks;
      total.sent += 50;
      if (second.reports) {
        reported = {
          // Another clock than the samples'.
          at: 7_000_000 + 1_000 * index,
          packetsLost: null,
          fractionLost: second.fractionLost,
          roundTripTime: second.roundTrip,
        };
      }
      return sample(1_000 * (index + 1), second);
    }),
  ].slice(-qualityWindow);
}

const times = (count: number, second: Partial<Second> = {}) =>
  Array.from({ length: count }, () => second);
const bars = (...seconds: readonly Partial<Second>[]) => judgeQuality(call(...seconds)).bars;

describe("the rating of sound", () => {
  it("is that of ITU-T G.107 without delay and loss, and in its classes for known cases", () => {
    expect(ratingFactor(0, 0)).to.equal(93.2);
    // ITU-T G.114: 150 ms are hardly noticed, from 400 ms a conversation suffers.
    expect(ratingFactor(150, 0)).to.be.within(88, 91);
    expect(ratingFactor(400, 0)).to.be.within(55, 62);
    // ITU-T G.113 Appendix I: half of what can be lost is lost at Ppl = Bpl.
    expect(ratingFactor(0, 25.1)).to.be.closeTo(93.2 - 47.5, 0.001);
  });

  it("never rises with delay or loss, and stays between 0 and 93.2", () => {
    const some = fc.double({ min: 0, max: 5_000, noNaN: true });
    const percent = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(some, some, percent, percent, (delay, moreDelay, loss, moreLoss) => {
        const base = ratingFactor(delay, loss);
        const worse = ratingFactor(delay + moreDelay, Math.min(100, loss + moreLoss));
        // A sum of doubles may differ in its last digit.
        return base <= 93.2 && worse >= 0 && worse <= base + 1e-9;
      }),
    );
  });
});

describe("the quality of a call", () => {
  it("is not known before there is something to judge", () => {
    expect(judgeQuality([])).to.deep.equal({
      bars: null,
      roundTripMilliseconds: null,
      lossPercent: null,
      jitterMilliseconds: null,
      freezesPerMinute: null,
      incomingKbps: null,
      outgoingKbps: null,
      relayed: null,
    });
    expect(judgeQuality(call()).bars).to.equal(null);
    const connectedOnly = [0, 1_000, 2_000].map((at) => ({
      at,
      tracks: [],
      path: { ...path, roundTripTime: 0.01, checksReceived: at },
    }));
    expect(judgeQuality(connectedOnly).bars).to.equal(null);
  });

  it("is four bars and plain figures in a healthy call", () => {
    expect(judgeQuality(call(...times(8, { path: { relayed: true } })))).to.deep.equal({
      bars: 4,
      roundTripMilliseconds: 50,
      lossPercent: 0,
      jitterMilliseconds: 2,
      freezesPerMinute: 0,
      incomingKbps: 80,
      outgoingKbps: 160,
      relayed: true,
    });
  });

  const verdicts: readonly [string, Partial<Second>, number][] = [
    ["a satellite's round trip", { roundTrip: 0.6 }, 2],
    ["a round trip of 1.2 s", { roundTrip: 1.2 }, 1],
    ["a jitter of 150 ms", { jitter: 0.15 }, 2],
    ["2 % of loss on the way in", { received: 49, lost: 1 }, 4],
    ["6 % of loss on the way in", { received: 47, lost: 3 }, 3],
    ["10 % of loss on the way in", { received: 45, lost: 5 }, 2],
    ["10 % of loss on the way out", { fractionLost: 0.1 }, 2],
    ["40 % of loss on the way out", { fractionLost: 0.4 }, 1],
    ["a picture that stands half of the time", { freezes: 1, frozen: 0.6 }, 1],
    ["a picture that often freezes for a moment", { freezes: 1, frozen: 0.1 }, 2],
  ];
  for (const [what, second, expected] of verdicts) {
    it(`is ${expected} bars with ${what}`, () => {
      expect(bars(...times(12, second))).to.equal(expected);
    });
  }

  it("has three bars after one freeze, and says how many a minute that makes", () => {
    const report = judgeQuality(call(...times(7), { freezes: 1, frozen: 0.3 }, {}));
    expect(report.bars).to.equal(3);
    expect(report.freezesPerMinute).to.equal(12);
  });

  it("takes the worse of both directions as the loss", () => {
    expect(
      judgeQuality(call(...times(8, { received: 49, lost: 1, fractionLost: 0.3 }))).lossPercent,
    ).to.equal(30);
    expect(
      judgeQuality(call(...times(8, { received: 25, lost: 25, fractionLost: 0.3 }))).lossPercent,
    ).to.equal(50);
  });

  it("names the direction that alone is weak, and none where both are or only the delay is", () => {
    const weakIn = (second: Partial<Second>, count = 6) => {
      const { bars, weak } = judgeQuality(call(...Array.from({ length: count }, () => second)));
      return [bars, weak];
    };
    expect(weakIn({ fractionLost: 0.2 })).to.deep.equal([1, "sending"]);
    expect(weakIn({ lost: 12 })).to.deep.equal([1, "receiving"]);
    expect(weakIn({ freezes: 1, frozen: 0.1 })).to.deep.equal([2, "receiving"]);
    expect(weakIn({ lost: 12, fractionLost: 0.03 })).to.deep.equal([1, "receiving"]);
    expect(weakIn({ lost: 12, fractionLost: 0.2 })).to.deep.equal([1, undefined]);
    expect(weakIn({ roundTrip: 1.2 })).to.deep.equal([1, undefined]);
    expect(weakIn({ fractionLost: 0.05 })).to.deep.equal([3, undefined]);
    expect(weakIn(cut)).to.deep.equal([0, undefined]);
  });

  it("keeps the direction as long as the bars that it explains", () => {
    const bad = Array.from({ length: 6 }, (): Partial<Second> => ({ fractionLost: 0.2 }));
    const good = Array.from({ length: 9 }, (): Partial<Second> => ({}));
    const all = call(...bad, ...good);
    const seen = all.map((_, index) => {
      const { bars, weak } = judgeQuality(all.slice(0, index + 1).slice(-qualityWindow));
      return { isWeak: bars !== null && bars <= 2, weak };
    });
    expect(seen.filter(({ isWeak, weak }) => isWeak !== (weak === "sending"))).to.deep.equal([]);
    expect(seen.some(({ isWeak }) => isWeak)).to.be.true;
  });

  it("does not count a packet as lost that came late", () => {
    expect(judgeQuality(call(...times(8, { received: 51, lost: -1 }))).lossPercent).to.equal(0);
  });

  it("falls at once and rises only when three samples agree", () => {
    const bad = { received: 30, lost: 20 };
    expect(bars(...times(8), bad)).to.equal(2);
    expect(bars(...times(8), bad, bad)).to.equal(1);
    // The loss is out of the window after five seconds; the third sample that says so is believed.
    expect(bars(...times(8, bad), ...times(6))).to.be.below(4);
    expect(bars(...times(8, bad), ...times(7))).to.equal(4);
  });

  it("does not flicker on the border of two verdicts", () => {
    const near = (lost: number) => ({ received: 50 - lost, lost });
    const seconds = Array.from({ length: 40 }, (_, index) => near(index % 2 === 0 ? 2 : 3));
    const shown = seconds.map((_, index) => bars(...seconds.slice(0, index + 1))).slice(8);
    expect(new Set(shown).size).to.equal(1);
  });

  it("is no bars two seconds after the sound has stopped, and some again as soon as it is back", () => {
    expect(bars(...times(8), cut)).to.be.above(0);
    expect(bars(...times(8), ...times(2, cut))).to.equal(0);
    expect(bars(...times(8), ...times(6, cut))).to.equal(0);
    expect(bars(...times(8), ...times(6, cut), {})).to.be.above(0);
  });

  it("is not no bars where the other side has no microphone but still answers", () => {
    const quiet = { received: 0, bytesIn: 0, checks: 0 };
    const alive = { received: 0, bytesIn: 80, checks: 1 };
    expect(bars(...times(8, alive), quiet, alive, quiet, quiet)).to.equal(4);
  });

  it("counts the bit rate of the path in use only, from where it came into use", () => {
    const seconds = [
      ...times(6),
      { path: { id: "two" }, bytesIn: 5_000_000 },
      ...times(2, { path: { id: "two" } }),
    ];
    expect(judgeQuality(call(...seconds)).incomingKbps).to.equal(80);
  });

  it("counts the bytes of the streams where the path does not count", () => {
    const report = judgeQuality(
      call(...times(8, { path: { bytesReceived: null, bytesSent: null } })),
    );
    expect(report.outgoingKbps).to.equal(160);
    expect(report.incomingKbps).to.equal(null);
  });

  it("trusts the other side's last report for ten seconds and no longer", () => {
    const lossOf = (silent: number) =>
      measureUplink(call({}, { fractionLost: 0.25 }, ...times(silent, { reports: false })))
        .lossPercent;
    expect(lossOf(4)).to.equal(12.5);
    expect(lossOf(9)).to.equal(25);
    expect(lossOf(11)).to.equal(null);
  });

  it("takes the path's own round trip where no report has come", () => {
    const checked = times(8, { reports: false, path: { roundTripTime: 0.123 } });
    expect(judgeQuality(call(...checked)).roundTripMilliseconds).to.equal(123);
  });

  it("copes with samples far apart and with two at the same time", () => {
    const [first, second] = call({}).map((sample) => ({ ...sample, at: sample.at * 60 }));
    expect(judgeQuality([first!, second!]).incomingKbps).to.equal(1);
    const twice = judgeQuality([first!, { ...second!, at: first!.at }]);
    expect([twice.incomingKbps, twice.lossPercent, twice.freezesPerMinute]).to.deep.equal([
      null,
      null,
      null,
    ]);
  });

  it("is a number in its range or null, whatever is counted", () => {
    const count = fc.option(fc.nat({ max: 1_000_000 }), { nil: null });
    const sample = fc.record({
      packetsReceived: count,
      packetsLost: count,
      bytesReceived: count,
      jitter: count,
      freezeCount: count,
      totalFreezesDuration: count,
      sent: count,
      fractionLost: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null }),
      step: fc.nat({ max: 20_000 }),
      hasPath: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 20 }), (list) => {
        let at = 0;
        const samples = list.map(
          ({ step, hasPath, sent, fractionLost, ...counts }): QualitySample => {
            at += step;
            const reported = { at, packetsLost: null, fractionLost, roundTripTime: counts.jitter };
            return {
              at,
              tracks: [0, 1].map((track) => ({
                track: track as 0 | 1,
                incoming: { ...incoming, ...counts },
                outgoing: { packetsSent: sent, bytesSent: sent, reported },
              })),
              path: hasPath ? { ...path, bytesReceived: sent, roundTripTime: 0.1 } : null,
            };
          },
        );
        const report = judgeQuality(samples);
        const { bars: shown, weak: _weak, lossPercent, relayed: _, ...figures } = report;
        return (
          (shown === null || [0, 1, 2, 3, 4].includes(shown)) &&
          (lossPercent === null || (lossPercent >= 0 && lossPercent <= 100)) &&
          Object.values(figures).every(
            (figure) => figure === null || (Number.isFinite(figure) && figure >= 0),
          )
        );
      }),
    );
  });
});
