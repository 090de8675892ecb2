import { expect } from "@open-wc/testing";
import { SimulatedClock } from "../../src/simulator/simulated-clock.ts";
import { codeRejectedBy, codeThrownBy } from "../support/thrown.ts";

describe("SimulatedClock", () => {
  it("stands until it is advanced, and rings each timer at its own moment, in their order", async () => {
    const clock = new SimulatedClock(0, 5000);
    const rung: [string, number][] = [];
    const ring = (name: string) => () => void rung.push([name, clock.now()]);
    clock.setTimer(300, ring("third"));
    clock.setTimer(100, ring("first"));
    clock.setTimer(100, ring("second"));
    const stop = clock.setTimer(200, ring("stopped"));
    clock.setTimer(301, ring("late"));
    stop();
    await clock.advance(300);
    expect(rung).to.deep.equal([
      ["first", 5100],
      ["second", 5100],
      ["third", 5300],
    ]);
    expect(clock.now()).to.equal(5300);
  });

  it("rings what a timer sets off, by promises too, before the next", async () => {
    const clock = new SimulatedClock(0, 0);
    const rung: string[] = [];
    clock.setTimer(10, () => {
      void Promise.resolve()
        .then(() => Promise.resolve())
        .then(() => clock.setTimer(5, () => rung.push(`inner ${String(clock.now())}`)));
    });
    clock.setTimer(20, () => rung.push(`outer ${String(clock.now())}`));
    await clock.advance(20);
    expect(rung).to.deep.equal(["inner 15", "outer 20"]);
  });

  it("goes with the machine's time, as many times as fast", async () => {
    const clock = new SimulatedClock(1000, 7000);
    const rung: number[] = [];
    const ring = (milliseconds: number) =>
      new Promise<void>((resolve) => {
        clock.setTimer(milliseconds, () => {
          rung.push(milliseconds);
          resolve();
        });
      });
    await Promise.all([ring(20_000), ring(5000), ring(10_000)]);
    expect(rung).to.deep.equal([5000, 10_000, 20_000]);
    expect(clock.now()).to.be.at.least(27_000);
    expect(await codeRejectedBy(clock.advance(1))).to.equal("not-possible");
  });

  it("rings nothing after it was stopped", async () => {
    for (const speed of [0, 1000]) {
      const clock = new SimulatedClock(speed, 0);
      const rung: number[] = [];
      clock.setTimer(1000, () => rung.push(speed));
      clock.stop();
      if (speed === 0) await clock.advance(5000);
      // A later timer of the machine's own.
      else await new Promise((resolve) => setTimeout(resolve, 10));
      expect(rung).to.deep.equal([]);
    }
  });

  it("refuses an invalid speed", () => {
    for (const speed of [-1, 1001, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(codeThrownBy(() => new SimulatedClock(speed, 0))).to.equal("bad-argument");
    }
  });
});
