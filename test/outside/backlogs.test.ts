import { expect } from "@open-wc/testing";
import fc from "fast-check";
import { Backlog, KnownCalls } from "../../src/controller/known-calls.ts";
import { FakePorts } from "../support/fake-ports.ts";
import { Side } from "../support/call-pair.ts";
import { callId, otherCallId, signal } from "../support/signals.ts";
import { SleepyWorld } from "../support/sleepy-world.ts";
import { settled } from "../support/virtual-clock.ts";

/*
 * What a host has kept while nobody was there, and says once more each time that a page is loaded: of one device, or of several.
 */

const minute = 60_000;
const audio = { media: "audio" } as const;
const none = { ann: 0, phone: 0, tablet: 0 };
const outcomes = ({ records }: { records: readonly { outcome: string }[] }) =>
  records.map(({ outcome }) => outcome);

/** A device that was away while Ann called so many times, each time for so long. */
async function calledWhileAway(times: number, seconds = 60): Promise<SleepyWorld> {
  const there = new SleepyWorld({ delays: [50], skews: none });
  const { ann, phone, tablet } = there.devices;
  await there.pass(50);
  phone.sleep();
  tablet.sleep();
  for (let turn = 0; turn < times; turn++) {
    await ann.center.perform({ type: "start", ...audio, to: "bob" });
    await there.pass(seconds * 1000, 10_000);
    if (ann.center.snapshot.state !== "ended") await ann.center.perform({ type: "hang-up" });
    await there.pass(minute, 10_000);
  }
  return there;
}

describe("a backlog", () => {
  it("makes each call a missed one once, however often it is said again and the page is loaded", async () => {
    const there = await calledWhileAway(3);
    const { phone } = there.devices;
    phone.wake(10 * minute);
    await there.pass(minute, 5000);
    expect(outcomes(phone)).to.deep.equal(["missed", "missed", "missed"]);
    for (let load = 0; load < 3; load++) {
      phone.reload();
      await there.pass(100);
      phone.replay();
      await there.pass(minute, 5000);
    }
    expect(outcomes(phone)).to.deep.equal(["missed", "missed", "missed"]);
    expect([...phone.rang]).to.deep.equal([]);
    there.close();
  });

  it("in which an end stands before its invitation is a missed call as well, and rings at nobody's", async () => {
    const there = await calledWhileAway(1, 10);
    const { phone } = there.devices;
    phone.queue.reverse();
    phone.wake(2 * minute);
    await there.pass(minute, 5000);
    phone.replay();
    await there.pass(minute, 5000);
    expect(outcomes(phone)).to.deep.equal(["missed"]);
    expect([...phone.rang]).to.deep.equal([]);
    there.close();
  });

  it("rings for a call whose caller still waits, older than a minute where both sides allow two", async () => {
    const ports = new FakePorts();
    const side = new Side({ ringTimeoutSeconds: 120 }, ports);
    await settled();
    side.source.receive(signal("invite", { sentAt: ports.now() - 90_000, ringFor: 120_000 }));
    await settled();
    expect(side.snapshot.state).to.equal("incoming");
    side.source.close();
  });

  it("tells the caller of a call that it was too late for: nobody waits in vain", async () => {
    const there = new SleepyWorld({ delays: [50], skews: none });
    const { ann, phone, tablet } = there.devices;
    await there.pass(50);
    // A kit that cannot be asked: its invitation counts by the clock alone.
    const invite = signal("invite", { sentAt: phone.ports.now() - 70_000 });
    phone.center.receive(invite, "ann");
    await there.pass(100);
    expect(outcomes(phone)).to.deep.equal(["missed"]);
    expect(ann.heard.at(-1)?.message).to.include({ type: "end", reason: "unanswered" });
    expect(outcomes(tablet)).to.deep.equal([]);
    there.close();
  });

  const ends: [name: string, act: (world: SleepyWorld) => Promise<void>, outcome: string][] = [
    ["declined", ({ devices: { phone } }) => phone.center.perform({ type: "decline" }), "declined"],
    ["silenced", ({ devices: { phone } }) => phone.center.perform({ type: "ignore" }), "missed"],
    ["taken back", ({ devices: { ann } }) => ann.center.perform({ type: "hang-up" }), "missed"],
    [
      "answered and over",
      async ({ devices: { phone } }) => {
        await phone.center.perform({ type: "accept", ...audio });
        await phone.center.perform({ type: "hang-up" });
      },
      "cancelled",
    ],
  ];
  for (const [name, act, outcome] of ends) {
    it(`never rings again for a call that was ${name}, after any number of loads`, async () => {
      const there = new SleepyWorld({ delays: [50], skews: none });
      const { ann, phone } = there.devices;
      await there.pass(50);
      await ann.center.perform({ type: "start", ...audio, to: "bob" });
      await there.pass(500);
      await act(there);
      await there.pass(1000);
      const rang = phone.rang.get(phone.records[0]!.callId);
      for (let load = 0; load < 2; load++) {
        phone.reload();
        await there.pass(100);
        phone.replay();
        await there.pass(5000);
      }
      expect(outcomes(phone)).to.deep.equal([outcome]);
      expect(phone.rang.get(phone.records[0]!.callId)).to.equal(rang);
      there.close();
    });
  }

  it("rings for what is left of its time where the page was loaded anew while it rang", async () => {
    const there = new SleepyWorld({ delays: [50], skews: none });
    const { ann, phone } = there.devices;
    await there.pass(50);
    await ann.center.perform({ type: "start", ...audio, to: "bob" });
    await there.pass(40_000, 1000);
    phone.reload();
    // The word of the end never comes.
    ann.sleep();
    phone.replay();
    await there.pass(100);
    expect(phone.center.snapshot.state).to.equal("incoming");
    await there.pass(2 * minute, 1000);
    expect(phone.rang.get(phone.records[0]!.callId)).to.be.within(58_000, 62_000);
    expect(outcomes(phone)).to.deep.equal(["missed"]);
    there.close();
  });

  it("of a device that comes later tells it that the call was answered elsewhere", async () => {
    const there = new SleepyWorld({ delays: [50], skews: none });
    const { ann, phone, tablet } = there.devices;
    await there.pass(50);
    tablet.sleep();
    await ann.center.perform({ type: "start", ...audio, to: "bob" });
    await there.pass(500);
    await phone.center.perform({ type: "accept", ...audio });
    await there.pass(10 * minute, 5000);
    tablet.wake(10 * minute);
    await there.pass(minute, 5000);
    expect(outcomes(tablet)).to.deep.equal(["answered-elsewhere"]);
    expect([...tablet.rang]).to.deep.equal([]);
    expect(phone.center.snapshot.state).to.equal("connected");
    there.close();
  });
});

describe("what is remembered over a reload", () => {
  const storage = () => {
    const all = new Map<string, string>();
    return {
      all,
      getItem: (name: string) => all.get(name) ?? null,
      setItem: (name: string, value: string) => void all.set(name, value),
    };
  };
  const id = (number: number) => `call-${String(number)}`.padEnd(22, "-");

  it("names no person, and has room for each", () => {
    const kept = storage();
    const calls = new KnownCalls(kept);
    calls.settle(callId, "ann@example.org", 7);
    for (let number = 0; number < 500; number++)
      calls.settle(id(number), "somebody who calls a lot", 7);
    const anew = new KnownCalls(kept);
    const settled7 = (one: string) => anew.isSettled(one, 7);
    expect([callId, id(499), id(0)].map(settled7)).to.deep.equal([true, true, false]);
    // Another invitation under the same id is another call.
    expect(anew.isSettled(callId, 8)).to.equal(false);
    const [text = ""] = kept.all.values();
    expect(text).not.to.match(/ann|somebody/);
    expect(text.length).to.be.below(6000);
  });

  it("is bounded, however many people call", () => {
    const kept = storage();
    const calls = new KnownCalls(kept);
    for (let person = 0; person < 200; person++)
      for (let call = 0; call < 3; call++)
        calls.settle(id(1000 * person + call), `person ${String(person)}`, 7);
    const [text = ""] = kept.all.values();
    expect(text.length).to.be.below(12_000);
    expect(new KnownCalls(kept).isSettled(id(199_000), 7)).to.equal(true);
  });

  it("is read whatever stands there, and fails nobody where it cannot be kept", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const calls = new KnownCalls({ getItem: () => text, setItem: () => undefined });
        calls.rings(callId, "ann", 7, 5);
        calls.settle(otherCallId, undefined, 7);
        calls.settle("never heard of");
        expect(calls.isSettled("never heard of", 7)).to.equal(false);
        expect(calls.rangAt("never heard of", 7)).to.equal(null);
      }),
    );
    const full = {
      getItem: () => {
        throw new DOMException("No.", "SecurityError");
      },
      setItem: () => {
        throw new DOMException("Full.", "QuotaExceededError");
      },
    };
    const calls = new KnownCalls(full);
    calls.settle(callId, undefined, 7);
    calls.add(callId);
    expect(calls.has(callId)).to.equal(true);
  });
});

describe("what comes before anything can be done with it", () => {
  const message = (type: string) => ({ message: { type } });

  it("keeps its order, every invitation and every end, and counts what found no room", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("invite", "end", "candidates", "ringing"), { maxLength: 900 }),
        (types) => {
          const backlog = new Backlog();
          for (const type of types) backlog.add(message(type));
          const kept = backlog.take().map(({ message: { type } }) => type);
          const isCall = (type: string) => type === "invite" || type === "end";
          expect(kept.filter(isCall)).to.deep.equal(types.filter(isCall));
          const others = types.filter((type) => !isCall(type));
          expect(kept.filter((type) => !isCall(type))).to.deep.equal(others.slice(-256));
          expect(backlog.dropped).to.equal(types.length - kept.length);
          expect(backlog.take()).to.deep.equal([]);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("is bounded for invitations, too, and tells of those that it lost", () => {
    const backlog = new Backlog();
    for (let count = 0; count < 1500; count++) backlog.add(message("invite"));
    expect([backlog.take().length, backlog.dropped]).to.deep.equal([1024, 476]);
  });
});
