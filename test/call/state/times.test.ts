import { expect } from "@open-wc/testing";
import { toSnapshot } from "../../../src/call/to-snapshot.ts";
import { inSituation, measurement, say, startedAt } from "../../support/call-script.ts";
import type { CallScript } from "../../support/call-script.ts";

/** Looks at the counters twice a second for so long, with so many packets a second. */
function talk(script: CallScript, seconds: number, packets = 50): void {
  let arrived = script.model.protection.measurements.at(-1)?.tracks[0]?.arrived ?? 0;
  for (let look = 0; look < 2 * seconds; look++) {
    script.now += 500;
    arrived += packets / 2;
    const counts = { left: arrived, arrived, sealed: arrived, opened: arrived };
    script.do(say.measured(measurement(counts)));
  }
}

const duration = (script: CallScript) => {
  script.do({ type: "hang-up" });
  return script.model.record?.durationSeconds;
};
const hours = 3_600_000;

describe("the duration of a call", () => {
  it("is how long the two could talk", () => {
    const script = inSituation("the caller connected");
    talk(script, 65);
    script.now += 400;
    expect(duration(script)).to.equal(65);
  });

  it("counts no sleep: eight hours of it after three seconds of talk", () => {
    const script = inSituation("the caller connected");
    talk(script, 3);
    script.now += 8 * hours;
    expect(duration(script)).to.equal(3);
  });

  it("goes on after a sleep", () => {
    const script = inSituation("the caller connected");
    talk(script, 3);
    script.now += 8 * hours;
    talk(script, 5);
    // The look after the sleep counts for nothing.
    expect(duration(script)).to.equal(7);
  });

  it("counts what was heard while nothing looked: a WebView may stop timers, and sound goes on", () => {
    const script = inSituation("the caller connected");
    talk(script, 3);
    script.now += 120_000;
    const arrived = 150 + 120 * 50;
    const counts = { left: arrived, arrived, sealed: arrived, opened: arrived };
    script.do(say.measured(measurement(counts)));
    expect(duration(script)).to.equal(123);
  });

  it("counts a slow engine, whose counters come every 20 seconds", () => {
    const script = inSituation("the caller connected");
    for (let look = 0; look < 6; look++) {
      script.now += 20_000;
      script.do(say.measured(measurement({})));
    }
    expect(duration(script)).to.equal(120);
  });

  it("does not count the search for a path, nor a page that was away", () => {
    for (const away of [
      say.path("disconnected"),
      { type: "control", message: { type: "away" } } as const,
    ]) {
      const script = inSituation("the callee connected");
      script.do({ type: "control-opened" });
      talk(script, 10);
      script.do(away);
      script.now += 25_000;
      script.do(say.path("connected"), {
        type: "control",
        message: { type: "media", microphone: true, camera: false, screen: false },
      });
      talk(script, 10);
      expect(duration(script)).to.equal(20);
    }
  });
});

describe("the clock of a screen", () => {
  const steady = (script: CallScript) => ({ at: script.now, ticks: script.now - startedAt });

  it("shows what is counted, by the page's own clock, and stands while nobody can talk", () => {
    const script = inSituation("the callee connected");
    expect(toSnapshot(script.model, undefined, script.now, steady(script)).talk).to.deep.equal({
      milliseconds: 0,
      at: 0,
    });
    script.now += 5000;
    script.do(say.path("failed"));
    script.now += 7000;
    expect(toSnapshot(script.model, undefined, script.now, steady(script)).talk).to.deep.equal({
      milliseconds: 5000,
      at: null,
    });
  });

  it("makes no new snapshot by going on, and one where it has slept", () => {
    const script = inSituation("the callee connected");
    talk(script, 3);
    const first = toSnapshot(script.model, undefined, script.now, steady(script));
    talk(script, 1);
    const same = toSnapshot(script.model, first, script.now, steady(script));
    const base = ({ talk: shown }: typeof first) => shown!.at! - shown!.milliseconds;
    expect(base(same)).to.equal(base(first));
    script.now += 8 * hours;
    script.do(say.measured(measurement({ arrived: 200, opened: 200 })));
    const slept = toSnapshot(script.model, same, script.now, steady(script));
    expect(slept.talk?.milliseconds).to.equal(4000);
  });

  it("counts down by the screen's clock, also where that was set in the call", () => {
    const script = inSituation("the callee reconnecting");
    const now = startedAt + 5 * hours;
    const { reconnection } = toSnapshot(script.model, undefined, now, steady(script));
    expect(reconnection).to.include({ since: now, until: now + 30_000 });
  });
});
