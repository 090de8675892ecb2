import { expect } from "@open-wc/testing";
import { CallPair, Side } from "../support/call-pair.ts";
import { FakePorts } from "../support/fake-ports.ts";
import { callId, signal } from "../support/signals.ts";
import { codeRejectedBy } from "../support/thrown.ts";
import { settled } from "../support/virtual-clock.ts";

const start = { type: "start", media: "audio" } as const;
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
      const isSetUp = ({ callId: id, state }: Side["snapshot"]) => id === low && state === "connecting";
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
    side.source.receive(signal("invite", { callId: low, sentAt: ports.now() }));
    await settled();
    expect([ports.captures[0]?.isClosed, ports.connections[0]?.isClosed, ports.ciphers[0]?.isClosed]).to.deep.equal([
      true,
      true,
      true,
    ]);
    expect(side.snapshot).to.include({ callId: low, state: "connecting", direction: "incoming" });
    side.source.close();
  });

  it("do not ring with the withdrawn invitation when it comes again, after the call has ended", async () => {
    const { ports, side } = sideWithIds(low);
    await side.source.perform(start);
    const other = signal("invite", { callId: high, sentAt: ports.now() });
    side.source.receive(other);
    await side.source.perform({ type: "hang-up" });
    side.source.receive(other);
    await settled();
    expect(side.notices.some(({ type }) => type === "incoming")).to.equal(false);
    expect(side.snapshot.state).to.equal("ended");
    side.source.close();
  });

  it("while one of them still opens its microphone: its wish goes on in the other call", async () => {
    const { ports, side } = sideWithIds(high);
    ports.capture = "when told";
    const started = side.source.perform(start);
    await settled();
    side.source.receive(signal("invite", { callId: low, sentAt: ports.now() }));
    await started;
    expect(side.snapshot.callId).to.equal(low);
    side.source.close();
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

  it("by somebody who hears of the incoming call: everything is released, and the caller is told", async () => {
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
