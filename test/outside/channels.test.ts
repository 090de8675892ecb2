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

  const slower = { delays: [30_000], skews: { ann: 0, phone: 0, tablet: 0 } };

  it("of 30 s each way has a call where the limits of both sides allow it", async () => {
    const options = { ringTimeoutSeconds: 180, connectTimeoutSeconds: 60 };
    const there = new SleepyWorld({ ...slower, options });
    const { ann, phone } = there.devices;
    await there.pass(50);
    await ann.center.perform({ type: "start", ...audio, to: "bob" });
    await there.pass(31_000, 1000);
    await phone.center.perform({ type: "accept", ...audio });
    await there.pass(95_000, 1000);
    expect([ann.center.snapshot.state, phone.center.snapshot.state]).to.deep.equal([
      "connected",
      "connected",
    ]);
    there.close();
  });

  it("of 30 s each way leaves nobody waiting where they do not, and nothing open", async () => {
    const there = new SleepyWorld(slower);
    const { ann, phone } = there.devices;
    await there.pass(50);
    await ann.center.perform({ type: "start", ...audio, to: "bob" });
    await there.pass(31_000, 1000);
    await phone.center.perform({ type: "accept", ...audio });
    await there.pass(150_000, 1000);
    // The answer comes when the ring is over at the caller's.
    expect(ann.records.map(({ outcome }) => outcome)).to.deep.equal(["unanswered"]);
    expect(phone.center.snapshot.state).to.equal("ended");
    for (const { ports } of [ann, phone])
      expect([...ports.connections, ...ports.captures].every(({ isClosed }) => isClosed)).to.equal(
        true,
      );
    there.close();
  });

  /** Milliseconds of each message, in their order, used again from the first one on. Of Ann's two copies are on their way, to two devices. */
  const ways: [name: string, delays: readonly number[], seconds: number][] = [
    ["that is slow in one direction", [50, 50, 16_000, 50, 16_000], 90],
    ["that comes in bursts", [100, 8000, 7900, 7800, 7700], 60],
    ["that loses its order", [900, 100, 3000, 50, 2000, 10, 400], 30],
    ["that gets slower and slower", [100, 100, 1000, 2000, 4000, 8000, 12_000, 16_000], 90],
  ];
  for (const [name, delays, seconds] of ways) {
    it(`has a call: ${name}`, async () => {
      const there = new SleepyWorld({ delays, skews: { ann: 0, phone: 0, tablet: 0 } });
      const { ann, phone } = there.devices;
      await there.pass(50);
      await ann.center.perform({ type: "start", ...audio, to: "bob" });
      await there.pass(17_000);
      expect(phone.center.snapshot.state).to.equal("incoming");
      await phone.center.perform({ type: "accept", ...audio });
      await there.pass(1000 * seconds);
      expect([ann.center.snapshot.state, phone.center.snapshot.state]).to.deep.equal([
        "connected",
        "connected",
      ]);
      await phone.center.perform({ type: "hang-up" });
      await there.pass(40_000, 1000);
      for (const { records, errors } of [ann, phone]) {
        expect(records.map(({ outcome }) => outcome)).to.deep.equal(["completed"]);
        expect(errors).to.deep.equal([]);
      }
      there.close();
    });
  }

  it("that is dead for 20 s while it rings, and gives what it has kept after that, has a call", async () => {
    for (const who of ["ann", "phone"] as const) {
      const there = new SleepyWorld({ delays: [50], skews: { ann: 0, phone: 0, tablet: 0 } });
      const { ann, phone } = there.devices;
      await there.pass(50);
      await ann.center.perform({ type: "start", ...audio, to: "bob" });
      await there.pass(500);
      const device = there.devices[who];
      const { deliver } = device;
      const kept: Parameters<typeof deliver>[0][] = [];
      device.deliver = (heard) => void kept.push(heard);
      const accepted = phone.center.perform({ type: "accept", ...audio });
      await there.pass(20_000);
      await accepted;
      device.deliver = deliver;
      for (const heard of kept) device.deliver(heard);
      await there.pass(5000);
      expect([ann.center.snapshot.state, phone.center.snapshot.state]).to.deep.equal([
        "connected",
        "connected",
      ]);
      there.close();
    }
  });

  it("that never carries an answer ends the ring of both in time, and says so truly", async () => {
    const there = new SleepyWorld({ delays: [50], skews: { ann: 0, phone: 0, tablet: 0 } });
    const { ann, phone } = there.devices;
    await there.pass(50);
    ann.deliver = () => undefined;
    await ann.center.perform({ type: "start", ...audio, to: "bob" });
    await there.pass(500);
    expect([ann.center.snapshot.state, phone.center.snapshot.state]).to.deep.equal([
      "inviting",
      "incoming",
    ]);
    await there.pass(63_000, 1000);
    expect(ann.records.map(({ outcome }) => outcome)).to.deep.equal(["unanswered"]);
    expect(phone.records.map(({ outcome }) => outcome)).to.deep.equal(["missed"]);
    there.close();
  });
});
