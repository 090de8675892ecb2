import { expect } from "@open-wc/testing";
import { browserPorts } from "../../src/controller/browser-ports.ts";
import { CallPair, Side } from "../support/call-pair.ts";
import { ConnectionSight } from "../support/connection-sight.ts";

/** The call's own time limits, a tenth as long. */
const quick = {
  ...browserPorts,
  setTimer: (milliseconds: number, ring: () => void) =>
    browserPorts.setTimer(milliseconds / 10, ring),
};

describe("a caller who withholds the proof of its keys", () => {
  it("is never connected: there is no code and no lock, and the call ends insecure, in words of its own", async () => {
    const sight = new ConnectionSight();
    sight.isControlDead = true;
    const pair = new CallPair({
      a: new Side({}, sight.ports),
      b: new Side({}, quick),
      fromA: (message) => (message.type === "confirm" ? null : message),
    });
    const { a, b } = pair;
    await a.source.perform({ type: "start", media: "audio" });
    await b.untilState("incoming");
    await b.source.perform({ type: "accept", media: "audio" });
    const states = new Set<string>();
    const { ending, stuck, securityCode } = await b.until(({ state }) => {
      states.add(state);
      return state === "ended";
    });
    expect([...states]).not.to.include("connected");
    expect(ending).to.include({ reason: "failed", problem: "insecure" });
    expect([stuck?.reason, securityCode]).to.deep.equal(["no-proof", null]);
    expect(b.records[0]).to.include({ outcome: "failed", durationSeconds: 0 });
    pair.close();
  });
});

describe("a proof that the host's channel is slow with", () => {
  it("costs nothing: it comes over the data channel", async () => {
    const pair = new CallPair({
      fromA: (message) => (message.type === "confirm" ? null : message),
    });
    await pair.connect("audio");
    expect(pair.b.snapshot.securityCode).not.to.equal(null);
    pair.close();
  });
});
