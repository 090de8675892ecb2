import { expect } from "@open-wc/testing";
import { ControlRate, TokenBucket } from "../../src/signalling/control.ts";

const evenly = (count: number, perSecond: number) =>
  Array.from({ length: count }, (_, at) => 1_000_000 + (at * 1000) / perSecond);

describe("a token bucket", () => {
  it("lets a burst through, and then so many a second", () => {
    const bucket = new TokenBucket(10, 5);
    const passed = (times: readonly number[]) => times.filter((now) => bucket.take(now)).length;
    expect(passed(Array.from({ length: 50 }, () => 1000))).to.equal(10);
    expect(passed(Array.from({ length: 50 }, () => 2000))).to.equal(5);
    // No more than a burst, however long nothing came.
    expect(passed(Array.from({ length: 50 }, () => 999_000))).to.equal(10);
  });

  it("is not filled by a clock that is set back", () => {
    const bucket = new TokenBucket(1, 1);
    expect([5000, 1000, 1900].map((now) => bucket.take(now))).to.deep.equal([true, false, false]);
  });
});

describe("the messages on a data channel", () => {
  const verdicts = (times: readonly number[]) => {
    const rate = new ControlRate();
    return times.map((now) => rate.admit(now));
  };

  it("are all taken at the pace of any kit, however long", () => {
    expect(new Set(verdicts(evenly(50 * 600, 50)))).to.deep.equal(new Set(["take"]));
  });

  it("are dropped above it, and the call goes on for as long as it is no flood", () => {
    const all = verdicts(evenly(95 * 600, 95));
    expect(new Set(all)).to.deep.equal(new Set(["take", "drop"]));
  });

  for (const perSecond of [1000, 5000, 50_000]) {
    it(`end the call after some 600 at ${perSecond} a second, of which few were read`, () => {
      const all = verdicts(evenly(perSecond, perSecond));
      const flood = all.indexOf("flood");
      expect(flood).to.be.within(600, perSecond === 1000 ? 700 : 640);
      expect(all.slice(0, flood).filter((verdict) => verdict === "take").length).to.be.at.most(135);
    });
  }

  it("of a type that tells a state wait for their turn, the others are dropped", () => {
    const rate = new ControlRate();
    const many = (type: Parameters<ControlRate["admitType"]>[0]) =>
      Array.from({ length: 40 }, () => rate.admitType(type, 1000));
    expect(many("limit").filter((verdict) => verdict === "take").length).to.equal(4);
    expect(many("limit").at(-1)).to.equal("later");
    expect(many("media").at(-1)).to.equal("later");
    expect(many("hold").at(-1)).to.equal("later");
    expect(many("restart").at(-1)).to.equal("drop");
    expect(many("candidates").at(-1)).to.equal("drop");
    // The limit of one type leaves the others alone.
    expect(rate.admitType("end", 1000)).to.equal("take");
  });
});
