import { expect } from "@open-wc/testing";
import { Side } from "../support/call-pair.ts";
import { aMoment, asText } from "../support/attackers.ts";

describe("two devices of one person that accept at once", () => {
  let caller: Side;
  let devices: readonly [Side, Side];

  beforeEach(async () => {
    caller = new Side();
    devices = [new Side(), new Side()];
    // The host sends what the caller says to both, and what both say to the caller: it does not help.
    caller.source.subscribe((notice) => {
      if (notice.type !== "signal") return;
      for (const device of devices)
        setTimeout(() => device.source.receive(asText(notice.message), "ann"));
    });
    for (const device of devices) {
      device.source.subscribe((notice) => {
        if (notice.type === "signal")
          setTimeout(() => caller.source.receive(asText(notice.message), "bob"));
      });
    }
    await caller.source.perform({ type: "start", media: "audio", to: "bob" });
    await Promise.all(devices.map((device) => device.untilState("incoming")));
  });

  afterEach(() => {
    for (const side of [caller, ...devices]) side.source.close();
  });

  it("leave one good call, and the other device says that it was answered elsewhere", async () => {
    await Promise.all(
      devices.map(({ source }) => source.perform({ type: "accept", media: "audio" })),
    );
    await caller.until(({ protection }) => protection.since !== null);
    // Media may be there before the engine has said that the path is.
    const settled = ({ snapshot: { state, protection } }: Side) =>
      state === "ended" || (state === "connected" && protection.since !== null);
    await Promise.all(devices.map((device) => device.until(() => settled(device))));
    await caller.until(({ state }) => state === "connected");
    const [winner, loser] =
      devices[0].snapshot.state === "connected" ? devices : [...devices].reverse();
    await aMoment();
    expect(winner.snapshot.state).to.equal("connected");
    expect(caller.snapshot.state).to.equal("connected");
    expect(loser.snapshot.ending).to.include({ reason: "answered-elsewhere", problem: null });
    expect(loser.records[0]?.outcome).to.equal("answered-elsewhere");
    expect([...loser.errors, ...winner.errors, ...caller.errors]).to.deep.equal([]);
    // It says nothing more: no word that the call has failed.
    expect(loser.sent.some(({ type }) => type === "end")).to.equal(false);
  });

  it("cannot end or disturb the call by anything that the other one says", async () => {
    const [winner, loser] = devices;
    await winner.source.perform({ type: "accept", media: "audio" });
    await caller.until(({ protection }) => protection.since !== null);
    const { callId } = caller.snapshot;
    const device = loser.sent[0]!.device;
    const say = (body: object, seq: number) =>
      caller.source.receive(asText({ protocol: "sx-call/1", callId, device, seq, ...body }), "bob");
    for (let seq = 1; seq < 40; seq++) {
      say({ type: "end", reason: "failed" }, seq);
      say({ type: "candidates", candidates: [], end: true }, seq + 100);
    }
    await aMoment();
    expect(caller.snapshot.state).to.equal("connected");
    // The winner's own messages still count, whatever numbers the other device has used.
    await winner.source.perform({ type: "hang-up" });
    const { ending } = await caller.untilState("ended");
    expect(ending).to.include({ reason: "hung-up", by: "remote" });
  });
});
