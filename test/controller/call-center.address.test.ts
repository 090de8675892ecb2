import { expect } from "@open-wc/testing";
import type { CallNotice } from "../../src/controller/call-source.ts";
import type { CallOptions } from "../../src/controller/call-options.ts";
import type { SignalMessage } from "../../src/signalling/messages.ts";
import { callCenterOver } from "../support/call-pair.ts";
import { FakePorts } from "../support/fake-ports.ts";
import { codeRejectedBy } from "../support/thrown.ts";
import { settled } from "../support/virtual-clock.ts";

const withRelay: Partial<CallOptions> = {
  iceServers: [
    { urls: "stun:stun.example" },
    { urls: "turn:turn.example", username: "u", credential: "c" },
  ],
};

/** A side whose connections tell how they were made. */
class AddressSide {
  readonly ports = new FakePorts();
  readonly policies: boolean[] = [];
  readonly notices: CallNotice[] = [];
  readonly source;

  constructor(options: Partial<CallOptions> = withRelay) {
    const make = this.ports.createConnection;
    Object.assign(this.ports, {
      createConnection: (...given: Parameters<typeof make>) => {
        this.policies.push(given[0].relayOnly);
        return make(...given);
      },
    });
    this.source = callCenterOver(options, this.ports);
    this.source.subscribe((notice) => this.notices.push(notice));
  }

  get sent(): SignalMessage[] {
    return this.notices.flatMap((notice) => (notice.type === "signal" ? [notice.message] : []));
  }

  get records(): number {
    return this.notices.filter(({ type }) => type === "ended").length;
  }

  get canHide(): boolean {
    return this.source.snapshot.actions.includes("hide-address");
  }
}

/** Delivers the later messages of one side to the other. */
async function deliver(from: AddressSide, to: AddressSide, since = 0): Promise<void> {
  for (const message of from.sent.slice(since))
    to.source.receive(JSON.parse(JSON.stringify(message)));
  await settled();
}

describe("the choice to hide one's address", () => {
  let caller: AddressSide;
  let callee: AddressSide;

  beforeEach(async () => {
    [caller, callee] = [new AddressSide(), new AddressSide()];
    // Fakes count their ids alike on both sides.
    caller.ports.callIds = ["callOfTheCallerNumber1", "callOfTheCallerNumber2"];
    await caller.source.perform({ type: "start", media: "audio" });
    await deliver(caller, callee);
  });

  afterEach(() => {
    for (const { source, ports } of [caller, callee]) {
      source.close();
      expect(ports.isAllReleased).to.equal(true);
    }
  });

  it("is there before accepting, where there is a relay and the host has not chosen already", async () => {
    expect([caller.canHide, callee.canHide]).to.deep.equal([true, true]);
    for (const options of [
      {},
      { ...withRelay, relayOnly: true },
      { iceServers: [{ urls: "stun:stun.example" }] },
    ]) {
      const other = new AddressSide(options);
      await settled();
      other.source.receive(caller.sent[0]);
      expect([other.source.snapshot.state, other.canHide]).to.deep.equal(["incoming", false]);
      other.source.close();
    }
  });

  it("is shown before a call as the host has set it; without a change the snapshot stays the same object", async () => {
    const options: { relayOnly?: boolean } = { ...withRelay };
    const { source } = new AddressSide(options);
    await settled();
    const before = source.snapshot;
    expect([source.snapshot === before, before.exposesAddress]).to.deep.equal([true, true]);
    options.relayOnly = true;
    expect(source.snapshot.exposesAddress).to.equal(false);
    source.close();
  });

  it("is the callee's for this call alone, and can be taken back", async () => {
    await callee.source.perform({ type: "hide-address", on: true });
    expect(callee.source.snapshot.exposesAddress).to.equal(false);
    await callee.source.perform({ type: "hide-address", on: false });
    expect(callee.source.snapshot.exposesAddress).to.equal(true);
    await callee.source.perform({ type: "hide-address", on: true });
    await callee.source.perform({ type: "accept", media: "audio" });
    expect([callee.policies, callee.canHide]).to.deep.equal([[false, true], false]);
    // The first one was prepared while it rang, and has gathered nothing.
    const [prepared] = callee.ports.connections;
    expect([prepared?.isClosed, prepared?.isDescribed]).to.deep.equal([true, false]);
    expect(
      await codeRejectedBy(callee.source.perform({ type: "hide-address", on: false })),
    ).to.equal("not-possible");
  });

  it("redials while it rings: no offer that leaves can be taken back", async () => {
    const said = caller.sent.length;
    await caller.source.perform({ type: "hide-address", on: true });
    expect(caller.policies).to.deep.equal([false, true]);
    expect(caller.source.snapshot).to.deep.include({ state: "inviting", exposesAddress: false });
    const again = caller.sent[said]!;
    expect(again).to.deep.include({
      type: "invite",
      callId: "callOfTheCallerNumber2",
      resumes: "callOfTheCallerNumber1",
    });
    await deliver(caller, callee, said);
    // One ring, no missed call.
    expect(callee.source.snapshot).to.deep.include({
      state: "incoming",
      callId: "callOfTheCallerNumber2",
    });
    expect([callee.source.others.length, callee.records, caller.records]).to.deep.equal([0, 0, 0]);
  });

  it("ends the call that rings there, where the new one never leaves", async () => {
    const said = caller.sent.length;
    caller.ports.capture = "on request";
    const hidden = caller.source.perform({ type: "hide-address", on: true }).catch(() => undefined);
    await settled();
    await caller.source.perform({ type: "hang-up" });
    await hidden;
    expect(caller.sent.slice(said).map(({ type, callId }) => [type, callId])).to.deep.equal([
      ["end", "callOfTheCallerNumber1"],
    ]);
    await deliver(caller, callee, said);
    expect([callee.source.snapshot.state, callee.records]).to.deep.equal(["ended", 1]);
  });

  it("can be taken back before the new call has left: the third one names the one that rings", async () => {
    const said = caller.sent.length;
    caller.ports.capture = "on request";
    const hidden = caller.source.perform({ type: "hide-address", on: true });
    await settled();
    caller.ports.capture = "at once";
    await caller.source.perform({ type: "hide-address", on: false });
    await hidden;
    expect(
      caller.sent.slice(said).map((message) => message.type === "invite" && message.resumes),
    ).to.deep.equal(["callOfTheCallerNumber1"]);
    await deliver(caller, callee, said);
    expect([
      callee.source.snapshot.state,
      callee.source.others.length,
      callee.records,
    ]).to.deep.equal(["incoming", 0, 0]);
  });

  it("keeps a microphone muted that was", async () => {
    await caller.source.perform({ type: "set-device", device: "microphone", on: false });
    await caller.source.perform({ type: "hide-address", on: true });
    await settled();
    expect(caller.source.snapshot.local.microphone.state).to.equal("off");
  });

  it("lets an accept that crosses it count for the new call", async () => {
    const said = caller.sent.length;
    await callee.source.perform({ type: "accept", media: "audio" });
    await caller.source.perform({ type: "hide-address", on: true });
    await deliver(caller, callee, said);
    expect(callee.source.snapshot).to.deep.include({
      state: "connecting",
      callId: "callOfTheCallerNumber2",
    });
    await settled();
    await deliver(callee, caller);
    expect(caller.source.snapshot.state).to.equal("connecting");
    expect([callee.records, caller.records]).to.deep.equal([0, 0]);
  });
});
