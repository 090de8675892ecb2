import { expect } from "@open-wc/testing";
import type { CallSnapshot } from "../../src/call/snapshot.ts";
import type { SignalOf } from "../../src/signalling/messages.ts";
import { BusySide } from "../support/busy-side.ts";
import { callId, signal, zeros } from "../support/signals.ts";
import { codeRejectedBy } from "../support/thrown.ts";
import { settled } from "../support/virtual-clock.ts";

const later = "laterCallLaterCall-1-w";
const second = "secondCallSecondCall-w";
/** The other side's view, and the one after its page was reloaded. */
const theirs = zeros(16);
const short = (id: string) => id.slice(0, 6);

/** The other side's page was reloaded, and its new call names the old one. */
function comeBack(side: BusySide, changes: Partial<SignalOf<"invite">> = {}): Promise<void> {
  return side.hear(
    signal("invite", {
      callId: later,
      resumes: callId,
      media: "audio",
      sentAt: side.ports.now(),
      device: theirs,
      proof: zeros(64),
      ...changes,
    }),
  );
}

describe("a call whose other side comes back", () => {
  it("is taken without ringing and without a record, and goes on with its clock and one more reconnection", async () => {
    const side = await BusySide.inACall({}, theirs);
    const { connectedAt, startedAt } = side.snapshot;
    const old = {
      capture: side.ports.devices,
      connection: side.ports.connection,
      cipher: side.ports.cipher,
    };
    await side.ports.clock.advance(5000);
    await comeBack(side);
    expect(side.snapshot).to.include({
      callId: later,
      state: "connecting",
      connectedAt,
      startedAt,
      reconnections: 1,
    });
    expect([old.capture.isClosed, old.connection.isClosed, old.cipher.isClosed]).to.deep.equal([
      true,
      true,
      true,
    ]);
    expect([side.records, side.reported("incoming").length]).to.deep.equal([[], 1]);
    expect(side.sent.slice(-2).map(({ type, callId: id }) => [type, id])).to.deep.include([
      "accept",
      later,
    ]);
    side.ports.connection.listener.pathChanged("connected");
    await side.source.perform({ type: "hang-up" });
    expect(
      side.records.map(({ callId: id, reconnections, direction }) => [
        id,
        reconnections,
        direction,
      ]),
    ).to.deep.equal([[later, 1, "incoming"]]);
    expect(side.ports.isAllReleased).to.equal(true);
  });

  it("is taken while its path is looked for, and says no more of the old call", async () => {
    const side = await BusySide.inACall({}, theirs);
    side.ports.connection.listener.pathChanged("failed");
    await comeBack(side);
    await side.ports.clock.advance(29_000);
    expect([side.snapshot.callId, side.snapshot.state, side.records]).to.deep.equal([
      later,
      "connecting",
      [],
    ]);
    side.source.close();
  });

  it("opens the devices that were on: muted stays muted", async () => {
    for (const isMuted of [false, true]) {
      const side = await BusySide.inACall({}, theirs);
      await side.source.perform({ type: "set-device", device: "camera", on: true });
      if (isMuted)
        await side.source.perform({ type: "set-device", device: "microphone", on: false });
      await comeBack(side);
      expect(side.ports.devices.asked).to.deep.equal(
        isMuted ? ["camera on"] : ["microphone on", "camera on"],
      );
      side.source.close();
    }
  });

  it("rings once its end was seen, also where a lost path has ended it a moment ago", async () => {
    const side = await BusySide.inACall({}, theirs);
    side.ports.connection.listener.pathChanged("failed");
    await side.ports.clock.advance(30_000);
    expect(side.outcomes).to.deep.equal([`${short(callId)} failed`]);
    await comeBack(side);
    expect([side.snapshot.state, side.ports.captures.length]).to.deep.equal(["incoming", 1]);
    expect(side.reported("incoming").length).to.equal(2);
    side.source.close();
  });

  it("waits beside the running call, which goes on untouched, where it has no proof or a wrong one", async () => {
    for (const lacks of ["proof", "device", "nothing"] as const) {
      const side = await BusySide.inACall({}, theirs);
      const { [lacks as "proof"]: _lacked, ...invite } = signal("invite", {
        ...{ callId: later, resumes: callId, media: "audio", sentAt: side.ports.now() },
        ...{ device: theirs, proof: lacks === "nothing" ? `B${zeros(64).slice(1)}` : zeros(64) },
      });
      await side.hear(invite);
      expect(side.calls).to.deep.equal([`${short(callId)} connected`, "laterC incoming"]);
      expect(side.ports.captures.length).to.equal(1);
      side.source.close();
    }
  });

  it("waits where it comes of another contact, whatever it proves", async () => {
    const side = await BusySide.inACall({}, theirs, "ann");
    side.source.receive(
      signal("invite", {
        ...{ callId: later, resumes: callId, media: "audio", sentAt: side.ports.now() },
        ...{ device: theirs, proof: zeros(64) },
      }),
      "mallory",
    );
    await settled();
    expect(side.calls).to.deep.equal([`${short(callId)} connected`, "laterC incoming"]);
    side.source.close();
  });

  it("keeps the address hidden where the old call hid it", async () => {
    const side = await BusySide.inACall(
      {
        relayOnly: true,
        iceServers: [{ urls: "turn:192.0.2.1", username: "u", credential: "p" }],
      },
      theirs,
    );
    expect(side.snapshot.exposesAddress).to.equal(false);
    await comeBack(side);
    expect(side.snapshot).to.include({ callId: later, exposesAddress: false });
    side.source.close();
  });

  it("rings where the call was ended by a person", async () => {
    const side = await BusySide.inACall({}, theirs);
    await side.source.perform({ type: "hang-up" });
    await comeBack(side);
    expect([side.snapshot.state, side.ports.captures.length]).to.deep.equal(["incoming", 1]);
    side.source.close();
  });

  it("waits like any other where a lost path has ended it and another call is there by now", async () => {
    const side = await BusySide.inACall({}, theirs);
    side.ports.connection.listener.pathChanged("failed");
    await side.ports.clock.advance(30_000);
    await side.ring(second);
    await comeBack(side);
    expect(side.calls).to.deep.equal(["second incoming", "laterC incoming"]);
    side.source.close();
  });

  it("stays on hold where it was: it replaces the old one beside the call that is shown", async () => {
    const side = await BusySide.inACall({}, theirs);
    await side.ring(second);
    await side.accept(second, "hold");
    await comeBack(side);
    expect(side.calls).to.deep.equal(["second connected", "laterC held"]);
    expect(side.ports.captures.length).to.equal(2);
    await side.prove(later);
    side.ports.connection.listener.pathChanged("connected");
    await side.source.perform({ type: "swap", callId: later });
    expect([side.snapshot.callId, side.ports.devices.asked]).to.deep.equal([
      later,
      ["microphone on"],
    ]);
    side.source.close();
    expect(side.ports.isAllReleased).to.equal(true);
  });

  it("is a stranger's where the name of the call is not known here", async () => {
    const side = new BusySide();
    await settled();
    await comeBack(side, { resumes: second });
    expect(side.snapshot.state).to.equal("incoming");
    side.source.close();
  });
});

describe("a page that was reloaded in a call", () => {
  /** Resumes the host's stored snapshot in a new page. */
  async function reloaded(change: (snapshot: CallSnapshot) => unknown = (snapshot) => snapshot) {
    const before = await BusySide.inACall({}, theirs);
    const last: unknown = change(JSON.parse(JSON.stringify(before.snapshot)) as CallSnapshot);
    const side = new BusySide();
    for (const [id, left] of before.ports.left) side.ports.left.set(id, left);
    before.source.close();
    return { side, last };
  }

  it("goes on by a new call that names the old one", async () => {
    const { side, last } = await reloaded();
    await side.source.perform({ type: "resume-call", last });
    expect(side.sent[0]).to.include({ type: "invite", resumes: callId, proof: zeros(64) });
    expect(side.snapshot).to.include({
      state: "inviting",
      reconnections: 1,
      direction: "incoming",
    });
    side.source.close();
  });

  it("does not wonder about what still comes of the old call", async () => {
    const { side, last } = await reloaded();
    await side.source.perform({ type: "resume-call", last });
    await side.hear(signal("candidates"));
    expect(side.errors).to.deep.equal([]);
    side.source.close();
  });

  it("is refused with bad-argument where the snapshot is too old or none", async () => {
    for (const change of [
      (snapshot: CallSnapshot) => ({ ...snapshot, asOf: snapshot.asOf - 60_001 }),
      (snapshot: CallSnapshot) => ({ ...snapshot, callId: "short" }),
      () => null,
      (snapshot: CallSnapshot) => JSON.stringify(snapshot),
    ]) {
      const { side, last } = await reloaded(change);
      expect(await codeRejectedBy(side.source.perform({ type: "resume-call", last }))).to.equal(
        "bad-argument",
      );
      expect([side.snapshot.state, side.sent.length, side.ports.captures.length]).to.deep.equal([
        "idle",
        0,
        0,
      ]);
      side.source.close();
    }
  });

  it("notifies the other side if it is not resumed", async () => {
    const { side, last } = await reloaded();
    await side.source.perform({ type: "leave-call", last });
    const device = side.ports.newDevice();
    expect(side.sent).to.deep.equal([
      {
        ...{ protocol: "sx-call/1", callId, seq: 0x7fff_ffff, type: "end", reason: "hung-up" },
        // In the name of the page that was in the call.
        ...{ device, to: theirs },
      },
    ]);
    expect(side.snapshot.state).to.equal("idle");
    // Late messages are expected.
    await side.hear(signal("candidates"));
    expect(side.errors).to.deep.equal([]);
    const other = await BusySide.inACall({}, device);
    await other.hear({ ...side.sent[0], to: other.ports.newDevice() });
    expect(other.outcomes).to.deep.equal([`${short(callId)} completed`]);
    for (const { source } of [side, other]) source.close();
  });

  it("notifies nobody for an old or invalid snapshot", async () => {
    for (const change of [
      (snapshot: CallSnapshot) => ({ ...snapshot, asOf: snapshot.asOf - 60_001 }),
      () => null,
    ]) {
      const { side, last } = await reloaded(change);
      expect(await codeRejectedBy(side.source.perform({ type: "leave-call", last }))).to.equal(
        "bad-argument",
      );
      expect(side.sent).to.deep.equal([]);
      side.source.close();
    }
  });

  it("is not possible where there is a call already", async () => {
    const { side, last } = await reloaded();
    await side.source.perform({ type: "start", media: "audio" });
    expect(await codeRejectedBy(side.source.perform({ type: "resume-call", last }))).to.equal(
      "not-possible",
    );
    side.source.close();
  });

  it("on both sides at once comes to one call, and nobody who was muted is heard", async () => {
    const mute = ({ local, ...snapshot }: CallSnapshot) => ({
      ...snapshot,
      local: { ...local, microphone: { state: "off", problem: null } },
    });
    const { side, last } = await reloaded(mute);
    await side.source.perform({ type: "resume-call", last });
    await comeBack(side, { callId: "00000000000000000000AA" });
    expect(side.snapshot).to.include({
      callId: "00000000000000000000AA",
      state: "connecting",
      reconnections: 1,
    });
    expect(side.ports.captures.flatMap(({ asked }) => asked)).to.deep.equal([]);
    side.source.close();
  });
});
