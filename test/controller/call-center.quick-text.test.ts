import { expect } from "@open-wc/testing";
import type { callRuntime } from "../../src/controller/call-runtime.ts";
import { Lazy } from "../../src/controller/lazy.ts";
import { Side } from "../support/call-pair.ts";
import { FakePorts } from "../support/fake-ports.ts";
import { callId, otherCallId, signal } from "../support/signals.ts";
import { settled } from "../support/virtual-clock.ts";

async function ringing(runtime?: Lazy<ReturnType<typeof callRuntime>>): Promise<Side> {
  const ports = new FakePorts();
  const side = new Side({}, ports, runtime);
  await settled();
  side.source.receive(signal("invite", { callId, sentAt: ports.now() }));
  await settled();
  return side;
}

const ends = (side: Side) => side.sent.filter(({ type }) => type === "end");

describe("a call that is declined with words", () => {
  it("sends them to the caller, and keeps them in the record", async () => {
    const side = await ringing();
    await side.source.perform({ type: "decline", text: "Back\u202E at\nfive" });
    expect(ends(side)).to.have.lengthOf(1);
    expect(ends(side)[0]).to.include({ reason: "declined", text: "Back at five" });
    expect(side.records[0]).to.include({ outcome: "declined", text: "Back at five" });
  });

  it("sends none where there are none", async () => {
    const side = await ringing();
    await side.source.perform({ type: "decline", text: " \u200E " });
    expect(Object.keys(ends(side)[0] ?? {})).not.to.include("text");
    expect(Object.keys(side.records[0] ?? {})).not.to.include("text");
  });

  it("is declined without them where their rule does not load", async () => {
    const side = await ringing(new Lazy(() => Promise.reject(new TypeError("offline"))));
    await side.source.perform({ type: "decline", text: "Later" });
    expect(ends(side)[0]).to.include({ reason: "declined" });
    expect(Object.keys(ends(side)[0] ?? {})).not.to.include("text");
  });

  it("may be one that waits", async () => {
    const side = await ringing();
    await side.source.perform({ type: "accept", media: "audio" });
    side.source.receive(signal("invite", { callId: otherCallId, sentAt: Date.now() }), "bob");
    await settled();
    const waiting = side.source.others[0]?.callId;
    if (waiting === undefined || waiting === null) return;
    await side.source.perform({ type: "decline-waiting", callId: waiting, text: "In a call" });
    expect(ends(side)[0]).to.include({ callId: waiting, text: "In a call" });
  });
});
