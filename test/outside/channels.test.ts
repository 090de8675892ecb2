import { expect } from "@open-wc/testing";
import { SleepyWorld } from "../support/sleepy-world.ts";

/*
 * Channels that are slow: a messenger's own network may need many seconds for each message. Whoever is heard is there, and the time to connect
 * begins anew.
 */

const audio = { media: "audio" } as const;

describe("a slow channel", () => {
  for (const seconds of [1, 8, 16, 20]) {
    it(`has a call where each message takes ${String(seconds)} s each way`, async () => {
      const there = new SleepyWorld({
        delays: [1000 * seconds],
        skews: { ann: 0, phone: 0, tablet: 0 },
      });
      const { ann, phone } = there.devices;
      await there.pass(50);
      await ann.center.perform({ type: "start", ...audio, to: "bob" });
      await there.pass(1000 * seconds + 500);
      expect(phone.center.snapshot.state).to.equal("incoming");
      await phone.center.perform({ type: "accept", ...audio });
      await there.pass(3000 * seconds + 2000);
      expect([ann.center.snapshot.state, phone.center.snapshot.state]).to.deep.equal([
        "connected",
        "connected",
      ]);
      await ann.center.perform({ type: "hang-up" });
      await there.pass(2000 * seconds + 2000);
      for (const { records } of [ann, phone])
        expect(records.map(({ outcome }) => outcome)).to.deep.equal(["completed"]);
      there.close();
    });
  }

  it("and a wrong clock have a call as well: the question to the caller takes its time", async () => {
    const there = new SleepyWorld({
      delays: [10_000],
      skews: { ann: -7_200_000, phone: 0, tablet: 0 },
    });
    const { ann, phone } = there.devices;
    await there.pass(50);
    await ann.center.perform({ type: "start", ...audio, to: "bob" });
    await there.pass(31_000);
    expect(phone.center.snapshot.state).to.equal("incoming");
    await phone.center.perform({ type: "accept", ...audio });
    await there.pass(35_000);
    expect([ann.center.snapshot.state, phone.center.snapshot.state]).to.deep.equal([
      "connected",
      "connected",
    ]);
    there.close();
  });

  it("ends in time where nobody is there any more", async () => {
    const there = new SleepyWorld({ delays: [500], skews: { ann: 0, phone: 0, tablet: 0 } });
    const { ann, phone } = there.devices;
    await there.pass(50);
    await ann.center.perform({ type: "start", ...audio, to: "bob" });
    await there.pass(1000);
    ann.sleep();
    await phone.center.perform({ type: "accept", ...audio });
    await there.pass(44_000);
    expect(phone.center.snapshot.state).to.equal("connecting");
    await there.pass(2000);
    expect(phone.center.snapshot.ending?.problem).to.equal("timed-out");
    there.close();
  });
});
