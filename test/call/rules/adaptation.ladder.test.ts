import { expect } from "@open-wc/testing";
import fc from "fast-check";
import {
  dataSaverBitrate,
  ladderRungs,
  minSoundBitrate,
  senderLimits,
  stepLadder,
  wireBitrate,
  type LadderOptions,
  type LadderRung,
} from "../../../src/call/rules/adaptation.ts";
import { ladderStart, type LadderState } from "../../../src/call/state/adaptation.ts";
import type { Uplink } from "../../../src/call/state/quality.ts";

const camera: LadderOptions = {
  megabytesPerHour: null,
  camera: true,
  screen: false,
  screenSound: false,
};
const good: Uplink = {
  lossPercent: 0,
  roundTripMilliseconds: 50,
  outgoingKbps: 100,
  availableKbps: null,
  path: "one",
};
const lossy: Uplink = { ...good, lossPercent: 15 };

/** A ladder in use: each look is a second later than the one before. */
class Climb {
  state: LadderState = ladderStart;
  rung: LadderRung = ladderRungs[0]!;
  now = 1_000_000;

  look(uplink: Uplink, seconds = 1, options: LadderOptions = camera): this {
    for (let second = 0; second < seconds; second += 1) {
      this.now += 1_000;
      [this.state, this.rung] = stepLadder(this.state, uplink, options, this.now);
    }
    return this;
  }

  /** Returns the seconds until another rung is shown. */
  untilStep(uplink: Uplink, options: LadderOptions = camera): number {
    const { name } = this.rung;
    for (let second = 1; second <= 600; second += 1)
      if (this.look(uplink, 1, options).rung.name !== name) return second;
    return Infinity;
  }

  /** A call that has been good for ten seconds. */
  static begun(options: LadderOptions = camera): Climb {
    return new Climb().look(good, 10, options);
  }
}

describe("the ladder", () => {
  it("gets worse in every respect from rung to rung, and ends with sound alone", () => {
    for (const [index, upper] of ladderRungs.slice(0, -1).entries()) {
      const lower = ladderRungs[index + 1]!;
      for (const field of ["maxBitrate", "minBitrate"] as const)
        expect(lower[field]).to.be.below(upper[field]);
      for (const field of [
        ...(["maxHeight", "maxFramesPerSecond"] as const),
        ...(["soundBitrate", "screenSoundBitrate"] as const),
      ]) {
        expect(lower[field]).to.be.at.most(upper[field]);
      }
      // Else congestion control would never find out on the lower rung that the upper one fits.
      expect(upper.minBitrate).to.be.at.most(lower.maxBitrate === 0 ? Infinity : lower.maxBitrate);
    }
    const { maxBitrate, maxHeight, soundBitrate } = ladderRungs.at(-1)!;
    expect([maxBitrate, maxHeight, soundBitrate]).to.deep.equal([0, 0, minSoundBitrate]);
  });

  it("stays at the top of a good network, without a reason", () => {
    const climb = Climb.begun().look(good, 600);
    expect([climb.rung.name, climb.state.reason]).to.deep.equal(["720p30", null]);
  });

  it("leaves the first seconds to the engine, which begins low and finds out", () => {
    const slow = { ...good, outgoingKbps: 290, availableKbps: 300 };
    const climb = new Climb().look(slow, 5);
    expect(climb.rung.name).to.equal("720p30");
    climb.look({ ...good, outgoingKbps: 2_500, availableKbps: 3_000 }, 20);
    expect(climb.rung.name).to.equal("720p30");
  });

  it("goes down by one after two seconds of loss, not after one, and says why", () => {
    const climb = Climb.begun().look(lossy, 2);
    expect(climb.rung.name).to.equal("720p30");
    climb.look(good).look(lossy, 2);
    expect(climb.rung.name).to.equal("720p30");
    climb.look(lossy);
    expect([climb.rung.name, climb.state.reason]).to.deep.equal(["540p30", "network"]);
  });

  it("waits after a step until the figures are of the new rung", () => {
    const climb = Climb.begun().look(lossy, 3);
    expect(climb.untilStep(lossy)).to.be.within(6, 7);
  });

  it("goes down by two from heavy loss, and is at sound alone in 15 seconds", () => {
    const heavy = { ...good, lossPercent: 35 };
    const climb = Climb.begun().look(heavy, 3);
    expect(climb.rung.name).to.equal("360p24");
    expect(climb.look(heavy, 12).rung.name).to.equal("audio-only");
  });

  it("goes down when the round trip grows, and not because it is long", () => {
    expect(Climb.begun().look({ ...good, roundTripMilliseconds: 400 }, 3).rung.name).to.equal(
      "540p30",
    );
    const far = { ...good, roundTripMilliseconds: 700 };
    expect(new Climb().look(far, 300).rung.name).to.equal("720p30");
  });

  it("takes the round trip of a new path as its own", () => {
    const climb = Climb.begun().look({ ...good, roundTripMilliseconds: 400, path: "two" }, 60);
    expect(climb.rung.name).to.equal("720p30");
  });

  it("goes straight to the rung that fits in the estimate", () => {
    const rungWith = (availableKbps: number) =>
      Climb.begun().look({ ...good, outgoingKbps: availableKbps, availableKbps }, 8).rung.name;
    expect([2_000, 900, 500, 250, 140, 100].map(rungWith)).to.deep.equal([
      "720p30",
      "540p30",
      "360p24",
      "270p15",
      "180p10",
      "audio-only",
    ]);
  });

  it("sits out an estimate that is too small for a few seconds, and goes by the best one of those that last", () => {
    const filled = (availableKbps: number) => ({
      ...good,
      outgoingKbps: availableKbps,
      availableKbps,
    });
    const dip = Climb.begun().look(filled(90), 5).look(filled(2_000), 20);
    expect(dip.rung.name).to.equal("720p30");
    const slow = Climb.begun().look(filled(90), 3).look(filled(700), 1).look(filled(300), 4);
    expect(slow.rung.name).to.equal("360p24");
  });

  it("takes an estimate that the call does not fill for none", () => {
    expect(
      Climb.begun().look({ ...good, outgoingKbps: 200, availableKbps: 500 }, 60).rung.name,
    ).to.equal("720p30");
  });

  it("comes back by one rung after eight good seconds each, up to the top", () => {
    const climb = Climb.begun().look({ ...good, lossPercent: 50 }, 20);
    expect(climb.rung.name).to.equal("audio-only");
    const seen: [string, number][] = [];
    while (climb.rung.name !== "720p30") {
      const after = climb.untilStep(good);
      seen.push([climb.rung.name, after]);
    }
    expect(seen.map(([name]) => name)).to.deep.equal([
      "180p10",
      "270p15",
      "360p24",
      "540p30",
      "720p30",
    ]);
    for (const [, after] of seen) expect(after).to.be.within(8, 10);
    expect(climb.state.reason).to.equal(null);
  });

  it("does not try a better rung where nothing is known, or where it is neither good nor bad", () => {
    const climb = Climb.begun().look(lossy, 3);
    expect(climb.untilStep({ ...good, lossPercent: null })).to.equal(Infinity);
    expect(climb.untilStep({ ...good, lossPercent: 7 })).to.equal(Infinity);
    expect(climb.untilStep(good)).to.be.below(12);
  });

  it("puts an estimate in which the better rung does not fit to the test, but seldom", () => {
    const filled = { ...good, outgoingKbps: 800, availableKbps: 900 };
    const climb = Climb.begun().look(filled, 8);
    expect(climb.rung.name).to.equal("540p30");
    const waits = [
      climb.untilStep(filled),
      climb.untilStep(filled),
      climb.untilStep(filled),
      climb.untilStep(filled),
    ];
    expect(waits[0]).to.be.within(32, 36);
    expect(waits[1]).to.be.within(6, 8);
    expect(waits[2]).to.be.within(64, 68);
    expect(waits[3]).to.be.within(6, 8);
  });

  it("waits twice as long after each try that failed, and forgets it when a rung has held", () => {
    const climb = Climb.begun().look(lossy, 3);
    const waits: number[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1) {
      waits.push(climb.untilStep(good));
      climb.untilStep(lossy);
    }
    for (const [index, wait] of waits.entries())
      expect(wait).to.be.within(8 * 2 ** Math.min(index, 4), 8 * 2 ** index + 4);
    expect(climb.untilStep(good)).to.be.within(128, 132);
    climb.look(good, 25).untilStep(lossy);
    expect(climb.untilStep(good)).to.be.within(8, 12);
  });

  it("begins a picture that is switched on with a picture", () => {
    const climb = Climb.begun().look({ ...good, lossPercent: 50 }, 20);
    expect(climb.rung.name).to.equal("audio-only");
    climb.look(good, 1, { ...camera, camera: false });
    expect(climb.state.reason).to.equal(null);
    expect(climb.look(good).rung.name).to.equal("180p10");
  });

  it("does not step where no picture is sent", () => {
    const without = { ...camera, camera: false };
    expect(Climb.begun(without).look({ ...good, lossPercent: 60 }, 60, without).rung.name).to.equal(
      "720p30",
    );
  });
});

const figure = fc.option(fc.double({ min: 0, max: 10_000, noNaN: true }), { nil: null });
const anyUplink: fc.Arbitrary<Uplink> = fc.record({
  lossPercent: fc.option(fc.double({ min: 0, max: 100, noNaN: true }), { nil: null }),
  roundTripMilliseconds: figure,
  outgoingKbps: figure,
  availableKbps: figure,
  path: fc.constantFrom("one", "two", null),
});
const anyOptions: fc.Arbitrary<LadderOptions> = fc.record({
  megabytesPerHour: fc.option(fc.double({ min: 0, max: 5_000, noNaN: true }), { nil: null }),
  peerBitrate: fc.option(fc.double({ min: 0, max: 5_000_000, noNaN: true }), { nil: null }),
  camera: fc.boolean(),
  screen: fc.boolean(),
  screenSound: fc.boolean(),
});

/** Returns `true` if steps, 0 where there was none, change their direction once at most. */
function isOneTurn(directions: readonly number[]): boolean {
  const steps = directions.filter((sign) => sign !== 0);
  return steps.slice(1).filter((sign, index) => sign !== steps[index]).length <= 1;
}

describe("the ladder with arbitrary input", () => {
  it("never leaves its range, and gives a reason exactly where the picture that is sent is not the best", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyUplink, anyOptions, fc.nat({ max: 30 })), { maxLength: 60 }),
        (looks) => {
          const climb = new Climb();
          for (const [uplink, options, seconds] of looks) {
            climb.look(uplink, seconds, options);
            if (seconds === 0) continue;
            const best = ladderRungs[0]!;
            const { rung, reason } = climb.state;
            expect(ladderRungs[rung] === undefined, "outside").to.equal(false);
            expect(climb.rung.maxBitrate).to.be.within(0, best.maxBitrate);
            const isLess = climb.rung.name !== best.name || climb.rung.maxBitrate < best.maxBitrate;
            expect(reason !== null).to.equal(isLess && (options.camera || options.screen));
          }
        },
      ),
    );
  });

  it("turns around at most once in ten seconds on a network that does not change", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyUplink, fc.nat({ max: 20 })), { maxLength: 10 }),
        anyUplink,
        anyOptions,
        (before, uplink, options) => {
          const climb = new Climb();
          for (const [earlier, seconds] of before) climb.look(earlier, seconds, options);
          // Earlier reports may arrive while a path counts as new.
          climb.look(uplink, 10, options);
          const rungs = Array.from(
            { length: 300 },
            () => climb.look(uplink, 1, options).state.rung,
          );
          const directions = rungs.slice(1).map((rung, index) => Math.sign(rung - rungs[index]!));
          return directions.every((_, index) => isOneTurn(directions.slice(index, index + 10)));
        },
      ),
      { numRuns: 200 },
    );
  });

  it("finds its place in a network of any capacity, and then tries again more and more seldom", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 120, max: 5_000 }),
        fc.boolean(),
        (capacityKbps, isEstimated) => {
          const climb = new Climb();
          const names: string[] = [];
          for (let second = 0; second < 900; second += 1) {
            const wanted = wireBitrate(senderLimits(climb.rung, camera), camera) / 1000;
            const outgoingKbps = isEstimated ? Math.min(wanted, capacityKbps) : wanted;
            // An engine with congestion control sends less; one without loses what is too much and fills the queue.
            const isOver = outgoingKbps > capacityKbps;
            climb.look({
              lossPercent: isOver ? 100 * (1 - capacityKbps / outgoingKbps) : 0,
              roundTripMilliseconds: isOver ? 600 : 50,
              outgoingKbps,
              availableKbps: isEstimated ? Math.min(capacityKbps, 1.5 * outgoingKbps) : null,
              path: "one",
            });
            names.push(climb.rung.name);
          }
          const steps = names.slice(1).filter((name, index) => name !== names[index]).length;
          // Ten steps to find the place, and a try every 128 seconds with up to three steps each.
          expect(steps).to.be.below(10 + 3 * 11);
          const late = names.slice(-600);
          const lateSteps = late.slice(1).filter((name, index) => name !== late[index]).length;
          expect(lateSteps).to.be.below(3 * 6);
          if (isEstimated) {
            const place = ladderRungs.find(({ name }) => name === names.at(-1))!;
            expect(place.minBitrate).to.be.at.most(capacityKbps * 1000);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("the data saver", () => {
  const saving = (megabytesPerHour: number): LadderOptions => ({ ...camera, megabytesPerHour });

  it("gives each direction half of the cap", () => {
    // 450 MB an hour are 1 Mbit/s.
    expect(dataSaverBitrate(450)).to.equal(500_000);
  });

  it("chooses the highest rung that fits, and says that it is the saver", () => {
    const shown = (cap: number) => {
      const climb = Climb.begun(saving(cap));
      return [climb.rung.name, climb.state.reason];
    };
    expect(shown(10_000)).to.deep.equal(["720p30", null]);
    expect(shown(1_800)).to.deep.equal(["720p30", "data-saver"]);
    expect(shown(800)).to.deep.equal(["540p30", "data-saver"]);
    expect(shown(450)).to.deep.equal(["360p24", "data-saver"]);
    expect(shown(150)).to.deep.equal(["180p10", "data-saver"]);
    expect(shown(58)).to.deep.equal(["audio-only", "data-saver"]);
    expect(shown(0)).to.deep.equal(["audio-only", "data-saver"]);
  });

  it("says that it is the network where that bears less, and lets go at once when it is switched off", () => {
    const climb = Climb.begun(saving(800));
    climb.look(lossy, 3, saving(800));
    expect([climb.rung.name, climb.state.reason]).to.deep.equal(["360p24", "network"]);
    climb.look(good, 10, saving(800));
    expect([climb.rung.name, climb.state.reason]).to.deep.equal(["540p30", "data-saver"]);
    const free = Climb.begun(saving(100)).look(good, 1, camera);
    expect([free.rung.name, free.state.reason]).to.deep.equal(["720p30", null]);
  });

  it("keeps to what the other side asks for, too", () => {
    expect(Climb.begun({ ...camera, peerBitrate: dataSaverBitrate(450) }).rung.name).to.equal(
      "360p24",
    );
    expect(Climb.begun({ ...saving(150), peerBitrate: 5_000_000 }).rung.name).to.equal("180p10");
  });

  it("never lets the sum of both directions exceed the cap, headers included, unless sound alone does", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyUplink, anyOptions, fc.nat({ max: 12 })), { maxLength: 40 }),
        (looks) => {
          const climb = new Climb();
          for (const [uplink, options, seconds] of looks) {
            climb.look(uplink, seconds + 1, options);
            const limits = senderLimits(climb.rung, options);
            const cost = wireBitrate(limits, options);
            const own =
              options.megabytesPerHour === null
                ? Infinity
                : dataSaverBitrate(options.megabytesPerHour);
            expect(limits.microphone.maxBitrate).to.be.at.least(minSoundBitrate);
            const isSoundAlone = limits.camera === null && limits.screen === null;
            if (isSoundAlone && own !== Infinity)
              expect(limits.microphone.maxBitrate).to.equal(minSoundBitrate);
            if (!isSoundAlone)
              expect(cost).to.be.at.most(Math.min(own, options.peerBitrate ?? Infinity) + 1);
          }
        },
      ),
    );
  });
});

describe("a rung shared among the senders", () => {
  it("gives the camera all of it, and a screen to come the same", () => {
    const { camera: picture, screen, microphone } = senderLimits(ladderRungs[1]!, camera);
    expect(picture).to.deep.equal({
      maxHeight: 540,
      maxFramesPerSecond: 30,
      maxBitrate: 1_200_000,
    });
    expect(screen).to.deep.equal({ maxFramesPerSecond: 30, maxBitrate: 1_200_000 });
    expect(microphone).to.deep.equal({ maxBitrate: 40_000 });
  });

  it("makes the camera a small picture beside a screen, together within the rung's rate", () => {
    const both = { camera: true, screen: true };
    expect(senderLimits(ladderRungs[0]!, both)).to.deep.include({
      camera: { maxHeight: 270, maxFramesPerSecond: 15, maxBitrate: 350_000 },
      screen: { maxFramesPerSecond: 30, maxBitrate: 2_150_000 },
    });
    expect(senderLimits(ladderRungs[3]!, both)).to.deep.include({
      camera: { maxHeight: 180, maxFramesPerSecond: 10, maxBitrate: 87_500 },
      screen: { maxFramesPerSecond: 15, maxBitrate: 262_500 },
    });
    expect(senderLimits(ladderRungs[4]!, both)).to.deep.include({
      camera: null,
      screen: { maxFramesPerSecond: 10, maxBitrate: 150_000 },
    });
  });

  it("leaves a shared screen's sound room for music, on a good network and without a data saver alone", () => {
    const all = { ...camera, screen: true, screenSound: true };
    const soundOf = (rung: LadderRung) => senderLimits(rung, all).screenSound.maxBitrate;
    expect(ladderRungs.map(soundOf)).to.deep.equal([
      128_000, 96_000, 64_000, 32_000, 32_000, 24_000,
    ]);
    const saving = Climb.begun().look(good, 60, { ...all, megabytesPerHour: 300 });
    expect(soundOf(saving.rung)).to.equal(minSoundBitrate);
  });

  it("leaves no picture at all beside sound alone", () => {
    expect(senderLimits(ladderRungs.at(-1)!, { camera: true, screen: true })).to.deep.equal({
      microphone: { maxBitrate: 24_000 },
      screenSound: { maxBitrate: 24_000 },
      camera: null,
      screen: null,
    });
  });
});
