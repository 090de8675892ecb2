import { expect } from "@open-wc/testing";
import { CallPair, peerName, Side } from "../support/call-pair.ts";
import { FakePorts } from "../support/fake-ports.ts";
import { callId, signal } from "../support/signals.ts";
import { codeRejectedBy } from "../support/thrown.ts";
import { settled } from "../support/virtual-clock.ts";

const start = { type: "start", media: "audio", to: peerName } as const;
const low = "00000000000000000000AA";
const high = "zzzzzzzzzzzzzzzzzzzzAA";

function sideWithIds(...ids: string[]) {
  const ports = new FakePorts();
  ports.callIds = ids;
  return { ports, side: new Side({}, ports) };
}

describe("both sides that dial each other", () => {
  it("come to one call without a ring and without a record, whoever has the lower id", async () => {
    for (const [idOfA, idOfB] of [
      [low, high],
      [high, low],
    ] as const) {
      const [a, b] = [sideWithIds(idOfA), sideWithIds(idOfB)];
      const pair = new CallPair({ a: a.side, b: b.side });
      await Promise.all([a.side.source.perform(start), b.side.source.perform(start)]);
      const isSetUp = ({ callId: id, state }: Side["snapshot"]) =>
        id === low && state === "connecting";
      await Promise.all([a.side.until(isSetUp), b.side.until(isSetUp)]);
      for (const { side } of [a, b]) {
        expect(side.records).to.deep.equal([]);
        expect(side.notices.some(({ type }) => type === "incoming")).to.equal(false);
      }
      pair.close();
      expect([a.ports.isAllReleased, b.ports.isAllReleased]).to.deep.equal([true, true]);
    }
  });

  it("release what the withdrawn call had, before its devices are asked for again", async () => {
    const { ports, side } = sideWithIds(high);
    await side.source.perform(start);
    side.source.receive(signal("invite", { callId: low, sentAt: ports.now() }), peerName);
    await settled();
    expect([
      ports.captures[0]?.isClosed,
      ports.connections[0]?.isClosed,
      ports.ciphers[0]?.isClosed,
    ]).to.deep.equal([true, true, true]);
    expect(side.snapshot).to.include({ callId: low, state: "connecting", direction: "incoming" });
    side.source.close();
  });

  it("tell each other which call is withdrawn, before it can ring", async () => {
    const { ports, side } = sideWithIds(high);
    await side.source.perform(start);
    side.source.receive(signal("invite", { callId: low, sentAt: ports.now() }), peerName);
    await settled();
    expect(
      side.sent.map(({ type, callId: id }) => `${type} ${id === low ? "low" : "high"}`),
    ).to.deep.equal(["invite high", "end high", "ringing low", "accept low"]);
    expect(side.sent[1]).to.include({ reason: "cancelled", seq: 1 });
    side.source.close();
  });

  it("do not ring with the withdrawn invitation when it comes again, after the call has ended", async () => {
    const { ports, side } = sideWithIds(low);
    await side.source.perform(start);
    const other = signal("invite", { callId: high, sentAt: ports.now() });
    side.source.receive(other, peerName);
    side.source.receive(signal("end", { callId: high, seq: 1, reason: "cancelled" }));
    await side.source.perform({ type: "hang-up" });
    side.source.receive(other, peerName);
    await settled();
    expect(side.notices.some(({ type }) => type === "incoming")).to.equal(false);
    expect(side.snapshot.state).to.equal("ended");
    side.source.close();
  });

  it("while one of them still opens its microphone: its wish goes on in the other call, whatever the ids", async () => {
    for (const [own, others] of [
      [high, low],
      [low, high],
    ] as const) {
      const { ports, side } = sideWithIds(own);
      ports.capture = "on request";
      const started = side.source.perform(start);
      await settled();
      side.source.receive(signal("invite", { callId: others, sentAt: ports.now() }), peerName);
      await started;
      expect(side.snapshot.callId).to.equal(others);
      expect(side.sent.filter(({ type }) => type === "end")).to.deep.equal([]);
      side.source.close();
    }
  });
});

describe("both sides that dial each other, where the call that stays comes to nothing", () => {
  /** A side whose own call stays, and has kept the other side's from ringing. */
  async function keeping(age = 0) {
    const made = sideWithIds(low);
    await made.side.source.perform(start);
    made.side.source.receive(
      signal("invite", { callId: high, sentAt: made.ports.now() - age }),
      peerName,
    );
    await settled();
    return made;
  }

  const endings = {
    "declined there": (side: Side) =>
      side.source.receive(signal("end", { callId: low, seq: 1, reason: "declined" })),
    "busy there": (side: Side) =>
      side.source.receive(signal("end", { callId: low, seq: 1, reason: "busy" })),
    "cancelled here": (side: Side) => side.source.perform({ type: "hang-up" }),
  };
  for (const [name, finish] of Object.entries(endings)) {
    it(`ring with the other one then: ${name}`, async () => {
      const { side, ports } = await keeping();
      expect(side.notices.some(({ type }) => type === "incoming")).to.equal(false);
      await finish(side);
      await settled();
      expect(side.notices.at(-1)).to.deep.equal({ type: "incoming", callId: high, media: "video" });
      expect(side.records.map(({ callId: id }) => id)).to.deep.equal([low]);
      expect(side.sent.at(-1)).to.include({ type: "ringing", callId: high });
      side.source.close();
      expect(ports.isAllReleased).to.equal(true);
    });
  }

  it("do not ring where the other side has ended it, or another device of this person has taken it", async () => {
    for (const hear of [
      (side: Side) => {
        side.source.receive(signal("end", { callId: high, seq: 1, reason: "unanswered" }));
      },
      (side: Side) => {
        void side.source.perform({ type: "answered-elsewhere", callId: high });
      },
    ]) {
      const { side } = await keeping();
      hear(side);
      await side.source.perform({ type: "hang-up" });
      await settled();
      expect([side.snapshot.callId, side.snapshot.state]).to.deep.equal([low, "ended"]);
      side.source.close();
    }
  });

  it("do not ring once the call that stays was accepted, however it ends", async () => {
    const { side } = await keeping();
    side.source.receive(signal("accept", { callId: low, seq: 1 }));
    await settled();
    await side.source.perform({ type: "hang-up" });
    await settled();
    expect([side.snapshot.callId, side.snapshot.state]).to.deep.equal([low, "ended"]);
    side.source.close();
  });

  it("keep it as a missed call where it has rung out by then", async () => {
    const { side, ports } = await keeping(1);
    await ports.clock.advance(60_000);
    await settled();
    expect(side.records.map(({ callId: id, outcome }) => [id, outcome])).to.deep.equal([
      [low, "unanswered"],
      [high, "missed"],
    ]);
    side.source.close();
  });

  it("ring beside a third person's call that has waited for that longer", async () => {
    const { side, ports } = sideWithIds(low);
    await side.source.perform({ ...start, to: "ann" });
    side.source.receive(signal("invite", { callId, sentAt: ports.now() }), "bob");
    side.source.receive(signal("invite", { callId: high, sentAt: ports.now() }), "ann");
    await side.source.perform({ type: "hang-up" });
    await settled();
    expect(
      [side.snapshot, ...side.source.others].map(({ callId: id, state }) => [id, state]),
    ).to.deep.equal([
      [callId, "incoming"],
      [high, "incoming"],
    ]);
    side.source.close();
  });

  it("do not ring on a screen that is closed", async () => {
    const { side, ports } = await keeping();
    side.source.close();
    await settled();
    expect(side.notices.some(({ type }) => type === "incoming")).to.equal(false);
    expect(ports.isAllReleased).to.equal(true);
  });
});

describe("a screen that is closed", () => {
  it("while it is still found out whether this engine can call: no call begins after it", async () => {
    const ports = new FakePorts();
    let say = () => {};
    ports.obstacle = new Promise((resolve) => (say = () => resolve(null)));
    const side = new Side({}, ports);
    const started = codeRejectedBy(side.source.perform(start));
    side.source.close();
    say();
    expect(await started).to.equal("not-possible");
    expect([ports.captures.length, ports.ciphers.length]).to.deep.equal([0, 0]);
  });

  it("while invitations wait for that: none of them rings", async () => {
    const ports = new FakePorts();
    let say = () => {};
    ports.obstacle = new Promise((resolve) => (say = () => resolve(null)));
    const side = new Side({}, ports);
    side.source.receive(signal("invite", { sentAt: ports.now() }));
    side.source.close();
    say();
    await settled();
    expect([side.notices, ports.ciphers.length]).to.deep.equal([[], 0]);
  });

  it("by somebody who hears of the incoming call: everything is released, and the caller is notified", async () => {
    const ports = new FakePorts();
    const side = new Side({}, ports);
    side.source.subscribe(({ type }) => {
      if (type === "incoming") side.source.close();
    });
    await settled();
    side.source.receive(signal("invite", { callId, sentAt: ports.now() }));
    await settled();
    expect(ports.isAllReleased).to.equal(true);
    expect(side.sent.at(-1)).to.include({ type: "end", reason: "declined" });
  });
});
