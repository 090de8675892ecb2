import { expect } from "@open-wc/testing";
import { callIn } from "../support/controlled-call.ts";
import type { ControlledCall } from "../support/controlled-call.ts";

describe("the watch over a call's encryption", () => {
  let call: ControlledCall;

  beforeEach(async () => {
    call = await callIn("connected as the caller");
  });

  afterEach(() => {
    call.controller.close();
  });

  it("reads the counters twice a second, and the lock shows them", async () => {
    call.ports.cipher.counted = { sealed: 10, opened: 9, duplicate: 1 };
    call.ports.connection.counted = { left: 10, arrived: 10 };
    call.ports.connection.relayed = true;
    await call.ports.clock.advance(499);
    expect(call.snapshot.protection.sealed).to.equal(0);
    await call.ports.clock.advance(1);
    expect(call.snapshot.protection).to.include({
      status: "protected",
      sealed: 10,
      opened: 9,
      duplicate: 1,
    });
    expect(call.snapshot.relayed).to.equal(true);
  });

  it("never finds a lock closed by an agreement alone", async () => {
    await call.ports.clock.advance(5000);
    expect(call.snapshot.protection.status).to.equal("none");
  });

  it("ends a call whose media goes past the cipher, at the next look", async () => {
    call.ports.connection.counted = { left: 50 };
    await call.ports.clock.advance(500);
    expect(call.snapshot.ending).to.deep.equal({
      reason: "failed",
      by: "none",
      problem: "unprotected",
    });
    expect(call.errors).to.deep.equal(["unprotected"]);
    expect(call.ports.isAllReleased).to.equal(true);
  });

  it("ends a call whose cipher does not answer any more, within three seconds", async () => {
    await call.ports.clock.advance(1000);
    call.ports.cipher.isAlive = false;
    await call.ports.clock.advance(1500);
    expect(call.snapshot.state).to.equal("connected");
    await call.ports.clock.advance(1500);
    expect(call.snapshot.ending?.problem).to.equal("encryption-lost");
    expect(call.ports.isAllReleased).to.equal(true);
  });

  it("ends a call whose cipher says that it is lost, at once", () => {
    call.ports.cipher.listener.lost();
    expect([call.snapshot.state, call.snapshot.ending?.problem]).to.deep.equal([
      "ended",
      "encryption-lost",
    ]);
    expect(call.sent.at(-1)).to.include({ type: "end", reason: "failed" });
  });

  it("ends with the call: no timer goes on", async () => {
    await call.controller.perform({ type: "hang-up" });
    expect(call.ports.clock.pending).to.equal(0);
  });

  it("also keeps watch before the call is connected", async () => {
    const dialled = await callIn("ringing");
    dialled.ports.connection.counted = { left: 4 };
    await dialled.ports.clock.advance(500);
    expect(dialled.snapshot.ending?.problem).to.equal("unprotected");
  });
});

describe("the waits of a call", () => {
  const waits = [
    ["ringing", 60_000, "unanswered", null],
    ["incoming", 60_000, "missed", null],
    // Of the callee: half as much again until the caller is heard.
    ["connecting", 45_000, "failed", "timed-out"],
    ["reconnecting", 30_000, "failed", "connection-failed"],
  ] as const;
  for (const [way, milliseconds, outcome, problem] of waits) {
    it(`end it in time: ${way}`, async () => {
      const call = await callIn(way);
      await call.ports.clock.advance(milliseconds - 1);
      expect(call.snapshot.state).to.equal(way);
      await call.ports.clock.advance(1);
      expect([call.records[0]?.outcome, call.snapshot.ending?.problem]).to.deep.equal([
        outcome,
        problem,
      ]);
      expect(call.ports.isAllReleased).to.equal(true);
    });
  }

  it("are over when the path has come back", async () => {
    const call = await callIn("reconnecting");
    await call.ports.clock.advance(29_999);
    await call.pathIs("connected");
    await call.ports.clock.advance(60_000);
    expect([call.snapshot.state, call.snapshot.reconnections]).to.deep.equal(["connected", 1]);
    call.controller.close();
  });
});
