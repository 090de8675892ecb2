import { expect } from "@open-wc/testing";
import { callRuntime, type CallRuntime } from "../../src/controller/call-runtime.ts";
import { Lazy } from "../../src/controller/lazy.ts";
import { Side } from "../support/call-pair.ts";
import { FakePorts } from "../support/fake-ports.ts";
import { signal } from "../support/signals.ts";
import { codeRejectedBy } from "../support/thrown.ts";
import { settled } from "../support/virtual-clock.ts";

/** A side whose devices, keys and connections have not been loaded yet. */
function lazySide() {
  const loads: { done: () => void; fail: () => void }[] = [];
  let begin!: () => void;
  const first = new Promise<void>((resolve) => (begin = resolve));
  const ports = new FakePorts();
  const runtime = new Lazy(
    () =>
      new Promise<CallRuntime>((resolve, reject) => {
        loads.push({
          done: () => {
            resolve(callRuntime(ports));
          },
          fail: () => {
            reject(new TypeError("Failed to fetch a module."));
          },
        });
      }),
    () => first,
  );
  const side = new Side({}, ports, runtime);
  const made = () =>
    [ports.ciphers, ports.connections, ports.captures, ports.initiators, ports.responders].flat()
      .length;
  return { ports, side, loads, made, begin };
}

describe("a call whose runtime is loaded lazily", () => {
  it("rings before it is there, and neither has nor makes anything until then", async () => {
    const { ports, side, loads, made } = lazySide();
    side.source.receive(signal("invite", { sentAt: ports.now() }));
    await settled();
    expect([side.snapshot.state, side.sent.map(({ type }) => type)]).to.deep.equal([
      "incoming",
      ["ringing"],
    ]);
    expect([loads.length, made()]).to.deep.equal([0, 0]);

    const accepted = side.source.perform({ type: "accept", media: "audio" });
    await settled();
    expect([side.snapshot.state, loads.length, made()]).to.deep.equal(["connecting", 1, 0]);
    loads[0]?.done();
    await accepted;
    await settled();
    expect(side.sent.map(({ type }) => type)).to.include("accept");
    expect([ports.ciphers.length, ports.connections.length, ports.responders.length]).to.deep.equal(
      [1, 1, 1],
    );
    side.source.close();
    expect(ports.isAllReleased).to.equal(true);
  });

  it("rings out in time while it has not come", async () => {
    const { ports, side, made } = lazySide();
    side.source.receive(signal("invite", { sentAt: ports.now() }));
    await settled();
    await ports.clock.advance(120_000);
    expect([side.snapshot.state, side.snapshot.ending?.reason, made()]).to.deep.equal([
      "ended",
      "unanswered",
      0,
    ]);
  });

  it("makes nothing for a call that is over when it comes", async () => {
    const { ports, side, loads, made } = lazySide();
    side.source.receive(signal("invite", { sentAt: ports.now() }));
    await settled();
    void side.source.perform({ type: "accept", media: "audio" }).catch(() => undefined);
    await side.source.perform({ type: "hang-up" });
    loads[0]?.done();
    await settled();
    expect([side.snapshot.state, made()]).to.deep.equal(["ended", 0]);
  });

  it("ends an incoming call, and tells its caller, where it did not load; the next call tries again", async () => {
    const { ports, side, loads } = lazySide();
    side.source.receive(signal("invite", { sentAt: ports.now() }));
    await settled();
    const accepted = codeRejectedBy(side.source.perform({ type: "accept", media: "audio" }));
    loads[0]?.fail();
    expect(await accepted).to.equal("internal");
    expect(side.snapshot.ending).to.deep.include({ reason: "failed", problem: "internal" });
    expect(side.sent.at(-1)).to.include({ type: "end", reason: "failed" });

    const started = side.source.perform({ type: "start", media: "audio" });
    await settled();
    expect(loads.length).to.equal(2);
    loads[1]?.done();
    await started;
    expect(side.sent.at(-1)?.type).to.equal("invite");
    side.source.close();
    expect(ports.isAllReleased).to.equal(true);
  });

  it("continues to ring where it did not load, and retries at accept", async () => {
    const { ports, side, loads, begin } = lazySide();
    side.source.receive(signal("invite", { sentAt: ports.now() }));
    begin();
    await settled();
    loads[0]?.fail();
    await settled();
    expect([side.snapshot.state, side.sent.map(({ type }) => type), loads.length]).to.deep.equal([
      "incoming",
      ["ringing"],
      1,
    ]);

    const accepted = side.source.perform({ type: "accept", media: "audio" });
    await settled();
    expect(loads.length).to.equal(2);
    loads[1]?.done();
    await accepted;
    await settled();
    expect(side.sent.map(({ type }) => type)).to.include("accept");
    side.source.close();
    expect(ports.isAllReleased).to.equal(true);
  });

  it("ends a call that is dialled where it did not load", async () => {
    const { side, loads } = lazySide();
    const started = codeRejectedBy(side.source.perform({ type: "start", media: "video" }));
    await settled();
    loads[0]?.fail();
    expect([await started, side.snapshot.state, side.sent]).to.deep.equal([
      "internal",
      "ended",
      [],
    ]);
    expect(side.snapshot.ending?.problem).to.equal("internal");
  });
});
