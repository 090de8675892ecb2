import { expect } from "@open-wc/testing";
import fc from "fast-check";
import { Backlog, KnownCalls } from "../../src/controller/known-calls.ts";
import type { SignalMessage } from "../../src/signalling/messages.ts";
import { FakePorts } from "../support/fake-ports.ts";
import { Side } from "../support/call-pair.ts";
import { callId, otherCallId, signal } from "../support/signals.ts";
import { SleepyWorld } from "../support/sleepy-world.ts";
import { settled } from "../support/virtual-clock.ts";

/* Messages that a host has kept while no page was open, and repeats at each load of a page, of one device or several. */

const minute = 60_000;
const audio = { media: "audio" } as const;
const none = { ann: 0, phone: 0, tablet: 0 };
const outcomes = ({ records }: { records: readonly { outcome: string }[] }) =>
  records.map(({ outcome }) => outcome);

interface Heard {
  readonly message: SignalMessage;
  readonly from: string | undefined;
}
const isInvite = ({ message }: Heard) => message.type === "invite";
/** The same invitation as a host that has changed something of it would say it. */
const changedText = ({ message, from }: Heard): Heard => ({
  message: { ...message, media: "video", ringFor: 119_000 } as SignalMessage,
  from,
});
function throws(name: string): never {
  throw new DOMException("Not here.", name);
}

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

/** One call of Ann's, of which a host tells in its own way. Who is woken hears what it has kept. */
const reportedAgain: [
  name: string,
  notify: (heard: readonly Heard[]) => readonly Heard[],
  outcomes: readonly string[],
][] = [
  ["in reverse order", (heard) => heard.toReversed(), ["missed"]],
  ["each three times", (heard) => heard.flatMap((one) => [one, one, one]), ["missed"]],
  ["the invitations alone", (heard) => heard.filter(isInvite), ["missed"]],
  ["the ends alone", (heard) => heard.filter((one) => !isInvite(one)), []],
  [
    "the invitation with another text the second time",
    (heard) => [...heard, ...heard.filter(isInvite).map(changedText)],
    ["missed"],
  ],
  [
    "the invitation as of somebody else the second time",
    (heard) => [...heard, ...heard.map((one) => ({ ...one, from: "somebody" }))],
    ["missed"],
  ],
  [
    "without saying who it is from",
    (heard) => heard.map(({ message }) => ({ message, from: undefined })),
    ["missed"],
  ],
];

describe("a host that tells of a call in its own way", () => {
  for (const [name, notify, expected] of reportedAgain) {
    it(`misses it once, and rings for nothing: ${name}`, async () => {
      const there = await calledWhileAway(1, 10);
      const { phone } = there.devices;
      const reported = notify(phone.queue.splice(0));
      phone.wake(2 * minute);
      for (let load = 0; load < 2; load++) {
        for (const { message, from } of reported)
          phone.center.receive(structuredClone(message), from);
        await there.pass(minute, 5000);
        expect(outcomes(phone)).to.deep.equal(expected);
        phone.reload();
        await there.pass(100);
      }
      expect([...phone.rang]).to.deep.equal([]);
      there.close();
    });
  }

  it("rings once for an invitation that comes again with another text, and takes the first", async () => {
    const there = new SleepyWorld({ delays: [50], skews: none });
    const { ann, phone } = there.devices;
    await there.pass(50);
    await ann.center.perform({ type: "start", ...audio, to: "bob" });
    await there.pass(500);
    for (const from of ["ann", "somebody", undefined])
      for (const heard of phone.heard.filter(isInvite))
        phone.center.receive(changedText(heard).message, from);
    await there.pass(500);
    expect([phone.center.snapshot.media, phone.center.others.length]).to.deep.equal(["audio", 0]);
    await phone.center.perform({ type: "accept", ...audio });
    await there.pass(3000);
    expect([ann.center.snapshot.state, phone.center.snapshot.state]).to.deep.equal([
      "connected",
      "connected",
    ]);
    there.close();
  });

  it("loses neither the call nor its end behind 200 messages that come before anything can be done", async () => {
    for (const hasEnd of [false, true]) {
      const ports = new FakePorts();
      let ready: (obstacle: null) => void = () => undefined;
      ports.obstacle = new Promise((resolve) => (ready = resolve));
      const side = new Side({}, ports);
      side.source.receive(signal("invite", { sentAt: ports.now(), ringFor: 60_000 }), "ann");
      for (let seq = 1; seq <= 200; seq++)
        side.source.receive(signal("candidates", { seq, candidates: [] }), "ann");
      if (hasEnd) side.source.receive(signal("end", { seq: 201, reason: "cancelled" }), "ann");
      ready(null);
      await settled();
      expect(side.snapshot.state).to.equal(hasEnd ? "ended" : "incoming");
      expect(side.records.map(({ outcome }) => outcome)).to.deep.equal(hasEnd ? ["missed"] : []);
      expect(side.errors).to.deep.equal([]);
      side.source.close();
    }
  });
});

describe("two devices of a person", () => {
  it("that both accept in the same second have one call: the other one is notified", async () => {
    for (const between of [0, 20, 500, 900]) {
      const there = new SleepyWorld({ delays: [50, 300], skews: none });
      const { ann, phone, tablet } = there.devices;
      await there.pass(50);
      await ann.center.perform({ type: "start", ...audio, to: "bob" });
      await there.pass(500);
      await phone.center.perform({ type: "accept", ...audio });
      if (between > 0) await there.pass(between, 10);
      // It may have heard by now that it is too late.
      await tablet.center.perform({ type: "accept", ...audio }).catch(() => undefined);
      await there.pass(10_000);
      const states = [phone, tablet].map(({ center }) => center.snapshot.state);
      expect(states.toSorted()).to.deep.equal(["connected", "ended"]);
      expect(ann.center.snapshot.state).to.equal("connected");
      await ann.center.perform({ type: "hang-up" });
      await there.pass(2000);
      expect([...outcomes(phone), ...outcomes(tablet)].toSorted()).to.deep.equal([
        "answered-elsewhere",
        "completed",
      ]);
      expect([...ann.errors, ...phone.errors, ...tablet.errors]).to.deep.equal([]);
      there.close();
    }
  });

  it("do not disturb the call of one: what the other says too late is heard by nobody", async () => {
    const there = new SleepyWorld({ delays: [50], skews: none });
    const { ann, phone, tablet } = there.devices;
    await there.pass(50);
    await ann.center.perform({ type: "start", ...audio, to: "bob" });
    await there.pass(500);
    // It rings there still: nothing of the answer comes through.
    tablet.deliver = () => undefined;
    await phone.center.perform({ type: "accept", ...audio });
    await there.pass(5000);
    await tablet.center.perform({ type: "accept", ...audio });
    await there.pass(5000);
    await tablet.center.perform({ type: "hang-up" });
    await there.pass(5000);
    expect([ann.center.snapshot.state, phone.center.snapshot.state]).to.deep.equal([
      "connected",
      "connected",
    ]);
    there.close();
  });
});

describe("a storage that cannot be used", () => {
  const storages: [name: string, get: (name: string) => string | undefined, set: () => void][] = [
    ["that is full", () => undefined, () => throws("QuotaExceededError")],
    ["that may not be asked", () => throws("SecurityError"), () => throws("SecurityError")],
    ["that forgets", () => undefined, () => undefined],
    ["with something else in it", () => '{"-":{"x":[1]},"c":7,"d":null}', () => undefined],
    ["with a text of 100 kB in it", () => "[".repeat(100_000), () => undefined],
  ];
  for (const [name, get, set] of storages) {
    it(`prevents no call, and nothing rings twice in one page: ${name}`, async () => {
      const there = new SleepyWorld({ delays: [50], skews: none });
      const { ann, phone } = there.devices;
      Object.assign(phone.storage, { get, set });
      await there.pass(50);
      await ann.center.perform({ type: "start", ...audio, to: "bob" });
      await there.pass(500);
      await phone.center.perform({ type: "accept", ...audio });
      await there.pass(3000);
      expect(phone.center.snapshot.state).to.equal("connected");
      await ann.center.perform({ type: "hang-up" });
      await there.pass(1000);
      phone.replay();
      await there.pass(minute, 5000);
      expect([outcomes(phone), phone.rang.size, phone.errors]).to.deep.equal([
        ["completed"],
        1,
        [],
      ]);
      there.close();
    });
  }
});

describe("two accounts of one page", () => {
  /** Two that share an origin, and with it what is remembered. */
  function accounts(after: () => void = () => undefined) {
    const kept = new Map<string, string>();
    const callStorage = {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => void kept.set(name, value),
    };
    const open = () => Object.assign(new FakePorts(), { callStorage: () => callStorage });
    const [first, second] = [open(), open()];
    after();
    return { first: new Side({}, first), second: () => new Side({}, second), ports: second };
  }
  const invite = (ports: FakePorts, over: object = {}) =>
    signal("invite", { sentAt: ports.now(), ringFor: 60_000, ...over });

  it("ring for calls of their own, whatever was settled in the other, also from a contact of the same name", async () => {
    const { first, second: open, ports } = accounts();
    await settled();
    first.source.receive(invite(ports), "ann");
    await settled();
    await first.source.perform({ type: "decline" });
    const second = open();
    await settled();
    // The id is the same, the call is not: it was sent at another moment.
    second.source.receive(invite(ports, { sentAt: ports.now() - 1000 }), "ann");
    await settled();
    expect(second.snapshot.state).to.equal("incoming");
    first.source.close();
    second.source.close();
  });

  for (const [name, act, count] of [
    ["declined", (side: Side) => side.source.perform({ type: "decline" }), 1],
    [
      "missed",
      (side: Side) => {
        side.source.receive(signal("end", { seq: 2, reason: "cancelled" }), "ann");
      },
      1,
    ],
  ] as const) {
    it(`do not ring, nor are missed, for the very invitation that was settled in the other: ${name}`, async () => {
      const { first, second: open, ports } = accounts();
      await settled();
      const same = invite(ports);
      first.source.receive(same, "ann");
      await settled();
      expect(first.snapshot.state).to.equal("incoming");
      await act(first);
      await settled();
      expect(first.records.length).to.equal(count);
      const second = open();
      await settled();
      // Whatever the contact is called there.
      second.source.receive(structuredClone(same), "contact 7");
      await settled();
      expect([second.snapshot.state, second.records, second.sent]).to.deep.equal(["idle", [], []]);
      // It is that invitation alone: the next one rings.
      second.source.receive(invite(ports, { callId: otherCallId }), "contact 7");
      await settled();
      expect(second.snapshot.state).to.equal("incoming");
      for (const side of [first, second]) side.source.close();
    });
  }

  it("do not make each other forget, however many people call one of them", async () => {
    const { first, second: open, ports } = accounts();
    let second = open();
    await settled();
    second.source.receive(invite(ports), "ann");
    await settled();
    await second.source.perform({ type: "decline" });
    second.source.close();
    for (let person = 0; person < 100; person++) {
      const callId = `p${String(person)}`.padEnd(21, "-").concat("A");
      first.source.receive(invite(ports, { callId }), `person ${String(person)}`);
      await settled();
      await first.source.perform({ type: "decline" });
    }
    second = open();
    await settled();
    second.source.receive(invite(ports), "ann");
    await settled();
    expect([second.snapshot.state, second.records.length]).to.deep.equal(["idle", 0]);
    first.source.close();
    second.source.close();
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
    const calls = new KnownCalls(() => kept);
    calls.settle(callId, "ann@example.org", 7);
    for (let number = 0; number < 500; number++)
      calls.settle(id(number), "somebody who calls a lot", 7);
    const anew = new KnownCalls(() => kept);
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
    const calls = new KnownCalls(() => kept);
    for (let person = 0; person < 200; person++)
      for (let call = 0; call < 3; call++)
        calls.settle(id(1000 * person + call), `person ${String(person)}`, 1_800_000_000_000);
    const [text = ""] = kept.all.values();
    expect(text.length).to.be.below(20_000);
    const anew = new KnownCalls(() => kept);
    expect(anew.isSettled(id(199_002), 1_800_000_000_000)).to.equal(true);
    // All of it is of those who called last.
    expect(anew.isSettled(id(72_000), 1_800_000_000_000)).to.equal(true);
  });

  it("is read whatever stands there, and fails nobody where it cannot be kept", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const calls = new KnownCalls(() => ({ getItem: () => text, setItem: () => undefined }));
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
    const missing = () => {
      throw new DOMException("No origin.", "SecurityError");
    };
    for (const storage of [() => full, missing]) {
      const calls = new KnownCalls(storage);
      calls.settle(callId, undefined, 7);
      calls.add(callId);
      expect(calls.has(callId)).to.equal(true);
    }
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
