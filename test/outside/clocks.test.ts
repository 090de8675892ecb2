import { expect } from "@open-wc/testing";
import { ringMilliseconds, SleepyWorld, type DeviceName } from "../support/sleepy-world.ts";

/*
 * Devices with clocks that are wrong, that are set in a call, and that sleep. A moment of the other side is advice: whether somebody
 * still waits the other side knows. What lasts is measured by a clock that nobody can set.
 */

const minute = 60_000;
const hour = 60 * minute;
const audio = { media: "audio" } as const;

const world = (skews: Partial<Record<DeviceName, number>> = {}, delays = [50]) =>
  new SleepyWorld({ delays, skews: { ann: 0, phone: 0, tablet: 0, ...skews } });

async function dial(there: SleepyWorld): Promise<void> {
  await there.pass(50);
  await there.devices.ann.center.perform({ type: "start", ...audio, to: "bob" });
  await there.pass(500);
}

const states = ({ devices: { ann, phone } }: SleepyWorld) => [
  ann.center.snapshot.state,
  phone.center.snapshot.state,
];

describe("a clock that is wrong", () => {
  const skews: [name: string, milliseconds: number][] = [
    ["90 s behind", -90_000],
    ["90 s ahead", 90_000],
    ["five hours behind", -5 * hour],
    ["five hours ahead", 5 * hour],
    ["nearly a day behind", -23.9 * hour],
    ["nearly a day ahead", 23.9 * hour],
    ["a year ahead", 365 * 24 * hour],
  ];
  for (const [name, skew] of skews) {
    for (const who of ["ann", "phone"] as const) {
      // An invitation that is older than a day is not asked about.
      if (skew > 24 * hour && who === "phone") continue;
      it(`prevents no call: ${who === "ann" ? "the caller's" : "the callee's"}, ${name}`, async () => {
        const there = world({ [who]: skew });
        await dial(there);
        expect(states(there)).to.deep.equal(["ringing", "incoming"]);
        await there.devices.phone.center.perform({ type: "accept", ...audio });
        await there.pass(10_000);
        expect(states(there)).to.deep.equal(["connected", "connected"]);
        await there.devices.ann.center.perform({ type: "hang-up" });
        await there.pass(1000);
        for (const device of [there.devices.ann, there.devices.phone]) {
          expect(device.records.map(({ outcome }) => outcome)).to.deep.equal(["completed"]);
          expect(device.records[0]?.durationSeconds).to.be.within(8, 11);
          expect(device.errors).to.deep.equal([]);
        }
        there.close();
      });
    }
  }

  it("prevents no call where both people dial, each with a clock that is hours away from the other's", async () => {
    const there = world({ ann: -3 * hour, phone: 3 * hour, tablet: 3 * hour });
    await there.pass(50);
    const { ann, phone } = there.devices;
    await Promise.all([
      ann.center.perform({ type: "start", ...audio, to: "bob" }),
      phone.center.perform({ type: "start", ...audio, to: "ann" }),
    ]);
    await there.pass(5000);
    expect(states(there)).to.deep.equal(["connected", "connected"]);
    expect(ann.center.snapshot.callId).to.equal(phone.center.snapshot.callId);
    there.close();
  });

  it("makes nothing ring hours late: an invitation from the future whose caller has gone", async () => {
    const there = world({ ann: 2 * hour });
    there.devices.phone.sleep();
    await dial(there);
    await there.devices.ann.center.perform({ type: "hang-up" });
    // The host has lost the word of it.
    there.devices.phone.queue = there.devices.phone.queue.filter(
      ({ message }) => message.type === "invite",
    );
    await there.pass(2 * hour, minute);
    there.devices.phone.wake(2 * hour);
    await there.pass(2 * minute, 1000);
    const { phone } = there.devices;
    expect([...phone.rang]).to.deep.equal([]);
    expect(phone.records.map(({ outcome }) => outcome)).to.deep.equal(["missed"]);
    there.close();
  });
});

describe("a clock that is set", () => {
  for (const [name, by] of [
    ["forward", 5 * hour],
    ["back", -5 * hour],
  ] as const) {
    it(`ends no call that rings or goes on: ${name}`, async () => {
      const there = world();
      const { ann, phone } = there.devices;
      await dial(there);
      phone.setClock(by);
      ann.setClock(-by);
      const accepted = phone.center.perform({ type: "accept", ...audio });
      await there.pass(5000);
      await accepted;
      phone.setClock(-by);
      await there.pass(5000);
      expect(states(there)).to.deep.equal(["connected", "connected"]);
      await phone.center.perform({ type: "hang-up" });
      await there.pass(1000);
      for (const { records } of [ann, phone]) {
        expect(records[0]?.durationSeconds).to.be.within(8, 11);
        expect(records[0]!.endedAt).to.be.at.least(records[0]!.startedAt);
      }
      there.close();
    });
  }
});

describe("a clock that nobody would believe", () => {
  const year5138 = 1e14 - 1_800_000_000_000;
  const skews: [name: string, skew: number][] = [
    ["in 1970", -1_799_999_990_000],
    ["in the year 5138", year5138],
    ["in the year 9999", 253_402_300_000_000 - 1_800_000_000_000],
  ];
  for (const [name, skew] of skews) {
    for (const who of ["ann", "phone", "both"] as const) {
      // An invitation that is older than a day by the clock of the callee is a missed call, of which the caller is notified.
      const isLate = who === (skew > 0 ? "phone" : "ann");
      it(`${isLate ? "tells the caller that it was too late" : "prevents no call"}: ${who}, ${name}`, async () => {
        const there = world({
          ...(who !== "phone" && { ann: skew }),
          ...(who !== "ann" && { phone: skew, tablet: skew }),
        });
        await dial(there);
        const { ann, phone } = there.devices;
        if (isLate) {
          await there.pass(2 * minute, 1000);
          expect(phone.records.map(({ outcome }) => outcome)).to.deep.equal(["missed"]);
          expect(ann.records.map(({ outcome }) => outcome)).to.deep.equal(["unanswered"]);
        } else {
          expect(states(there)).to.deep.equal(["ringing", "incoming"]);
          await phone.center.perform({ type: "accept", ...audio });
          await there.pass(10_000);
          await ann.center.perform({ type: "hang-up" });
          await there.pass(1000);
          for (const { records, errors } of [ann, phone]) {
            expect(records.map(({ outcome }) => outcome)).to.deep.equal(["completed"]);
            expect(records[0]?.durationSeconds).to.be.within(8, 11);
            expect(records[0]!.endedAt).to.be.at.least(records[0]!.startedAt);
            expect(errors).to.deep.equal([]);
          }
        }
        there.close();
      });
    }
  }
});

describe("a clock that is set by a day", () => {
  const day = 24 * hour;
  for (const by of [day, -day]) {
    for (const who of ["ann", "phone"] as const) {
      const name = `${who}, ${String(by / day)} days`;
      it(`ends nothing that rings: ${name}`, async () => {
        const there = world();
        const { phone } = there.devices;
        await dial(there);
        there.devices[who].setClock(by);
        for (const check of there.devices[who].ports.clockChecks) check();
        await there.pass(20_000);
        expect(states(there)).to.deep.equal(["ringing", "incoming"]);
        await phone.center.perform({ type: "accept", ...audio });
        await there.pass(5000);
        expect(states(there)).to.deep.equal(["connected", "connected"]);
        there.close();
      });

      it(`does not make it ring longer either: ${name}`, async () => {
        const there = world();
        const { phone, ann } = there.devices;
        await dial(there);
        there.devices[who].setClock(by);
        await there.pass(3 * minute, 1000);
        expect(phone.rang.get(phone.records[0]!.callId)).to.be.within(57_000, 62_000);
        expect(ann.records.map(({ outcome }) => outcome)).to.deep.equal(["unanswered"]);
        there.close();
      });

      it(`ends no call, and is not counted as talk: ${name}`, async () => {
        const there = world();
        const { ann, phone } = there.devices;
        await dial(there);
        await phone.center.perform({ type: "accept", ...audio });
        await there.pass(5000);
        there.devices[who].setClock(by);
        for (const check of there.devices[who].ports.clockChecks) check();
        await there.pass(5000);
        expect(states(there)).to.deep.equal(["connected", "connected"]);
        await ann.center.perform({ type: "hang-up" });
        await there.pass(1000);
        for (const { records } of [ann, phone])
          expect(records[0]?.durationSeconds).to.be.within(8, 11);
        there.close();
      });
    }
  }
});

describe("a steady clock that stands still, though timers go on", () => {
  for (const who of ["ann", "phone"] as const) {
    it(`keeps nobody ringing for ever, and prevents no call: ${who}`, async () => {
      const there = world();
      const { ann, phone } = there.devices;
      const stands = there.devices[who].ports.ticks();
      Object.assign(there.devices[who].ports, { ticks: () => stands });
      await dial(there);
      await there.pass(2 * minute, 1000);
      expect(phone.records.map(({ outcome }) => outcome)).to.deep.equal(["missed"]);
      expect(ann.records.map(({ outcome }) => outcome)).to.deep.equal(["unanswered"]);
      await dial(there);
      await phone.center.perform({ type: "accept", ...audio });
      await there.pass(5000);
      expect(states(there)).to.deep.equal(["connected", "connected"]);
      await ann.center.perform({ type: "hang-up" });
      await there.pass(1000);
      expect(phone.records.at(-1)).to.include({ outcome: "completed" });
      there.close();
    });
  }
});

describe("a device that sleeps", () => {
  for (const seconds of [5, 20, 50]) {
    it(`rings on after a sleep that was shorter than the ring: ${String(seconds)} s`, async () => {
      const there = world();
      const { phone } = there.devices;
      await dial(there);
      phone.sleep();
      await there.pass(1000 * seconds, 1000);
      phone.wake(1000 * seconds);
      await there.pass(1000);
      expect(states(there)).to.deep.equal(["ringing", "incoming"]);
      await there.pass(2 * minute, 1000);
      expect(phone.rang.get(phone.records[0]!.callId)).to.be.at.most(
        ringMilliseconds - 1000 * seconds + 3000,
      );
      expect(phone.records.map(({ outcome }) => outcome)).to.deep.equal(["missed"]);
      there.close();
    });
  }

  it("never accepts a call of two hours ago, whatever is pressed in the first moment", async () => {
    const there = world();
    const { ann, phone } = there.devices;
    await dial(there);
    phone.sleep();
    await there.pass(2 * hour, minute);
    expect(ann.records.map(({ outcome }) => outcome)).to.deep.equal(["unanswered"]);
    // Nothing has reached the page yet: not even the caller's end.
    phone.queue = [];
    phone.wake(2 * hour);
    void phone.center.perform({ type: "accept", ...audio }).catch(() => undefined);
    await there.pass(30_000);
    expect(phone.records.map(({ outcome }) => outcome)).to.deep.equal(["missed"]);
    const isGathering = phone.ports.connections.some(({ isDescribed }) => isDescribed);
    expect([phone.ports.captures.length, isGathering]).to.deep.equal([0, false]);
    there.close();
  });

  it("accepts a call whose caller still waits, though its own clock says that it has slept for hours", async () => {
    const there = world();
    const { phone } = there.devices;
    await dial(there);
    phone.sleep();
    await there.pass(5000);
    phone.setClock(3 * hour);
    phone.wake(5000);
    const accepted = phone.center.perform({ type: "accept", ...audio });
    await there.pass(5000);
    await accepted;
    expect(states(there)).to.deep.equal(["connected", "connected"]);
    there.close();
  });

  it("counts no sleep as talk: eight hours of it after three seconds", async () => {
    const there = world();
    const { phone } = there.devices;
    await dial(there);
    await phone.center.perform({ type: "accept", ...audio });
    await there.pass(3200);
    phone.sleep();
    await there.pass(8 * hour, 10 * minute);
    phone.wake(8 * hour);
    await there.pass(2 * minute, 1000);
    expect(phone.records.length).to.equal(1);
    expect(phone.records[0]?.durationSeconds).to.be.within(2, 60);
    there.close();
  });

  it("rings no longer than the ring time, and the other device of the person is not missed twice either", async () => {
    const there = world();
    const { phone, tablet } = there.devices;
    await dial(there);
    await there.pass(20_000);
    phone.freeze();
    await there.pass(30 * minute, 10_000);
    phone.wake(0);
    await there.pass(minute, 1000);
    for (const device of [phone, tablet]) {
      const [rang] = [...device.rang.values()];
      expect(rang).to.be.at.most(ringMilliseconds + 1000);
      expect(device.records.map(({ outcome }) => outcome)).to.deep.equal(["missed"]);
    }
    there.close();
  });
});
