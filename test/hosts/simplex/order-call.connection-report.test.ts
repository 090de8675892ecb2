import { expect } from "@open-wc/testing";
import type { Script } from "./order-script.ts";
import { connect, kitPeer, scriptAt, simplexPeer } from "./order-script.ts";

const roles = ["caller", "callee"] as const;
const stage = { caller: "negotiated", callee: "negotiated" } as const;

/** The waits for a lost path that a call has begun. Milliseconds. */
const holds = (script: Script) =>
  script
    .all("start-timer")
    .flatMap(({ name, milliseconds }) => (name === "reconnect" ? [milliseconds] : []));

const types = (script: Script) => script.reported.map(({ type }) => type);

for (const role of roles) {
  describe(`what is reported to a ${role}'s app about the connection`, () => {
    it("gets each state of the connection once, however often the other three change", () => {
      const script = scriptAt(role, stage[role]);
      script.states("new", { iceGatheringState: "gathering", signalingState: "have-local-offer" });
      script.states("new");
      expect(script.connections).to.deep.equal([]);
      script.transport("connecting");
      script.states("connecting", { iceConnectionState: "checking" });
      script.transport("connected");
      // The TURN server is slow: gathering ends in the middle of the call.
      for (const iceGatheringState of ["complete", "gathering", "complete"] as const)
        script.states("connected", { iceGatheringState, iceConnectionState: "completed" });
      expect(script.connections).to.deep.equal(["connecting", "connected"]);
    });

    it("is never a failure before the call has had its 30 seconds", () => {
      const script = scriptAt(role, stage[role]);
      script.transport("connecting");
      script.transport("failed");
      script.transport("connecting");
      script.transport("failed");
      expect(script.connections).to.deep.equal(["connecting"]);
      expect(script.session.call.state).to.equal("connecting");
      script.transport("connected");
      expect(script.connections).to.deep.equal(["connecting", "connected"]);
    });

    it("is a failure once, where there is one after 30 seconds", () => {
      const script = scriptAt(role, stage[role]);
      script.transport("connecting");
      script.transport("failed");
      script.happen({ type: "tick", name: "unconnected" });
      script.states("failed");
      script.states("failed", { iceGatheringState: "complete" });
      expect(script.connections).to.deep.equal(["connecting", "failed"]);
    });

    it("is the failure that comes after the report of the 30 seconds", () => {
      const script = scriptAt(role, stage[role]);
      script.transport("connecting");
      script.happen({ type: "tick", name: "unconnected" });
      script.states("connecting");
      script.transport("failed");
      expect(script.connections).to.deep.equal(["connecting", "connecting", "failed"]);
    });

    it("is no loss before there was a connection", () => {
      const script = scriptAt(role, stage[role]);
      script.transport("connecting");
      script.transport("disconnected");
      script.transport("connecting");
      expect(script.connections).to.deep.equal(["connecting"]);
    });

    it("is nothing of a path that is lost and comes back, however often, where the app does not know of that", () => {
      const script = scriptAt(role, stage[role]);
      script.transport("connected");
      for (const lost of ["disconnected", "failed", "disconnected"] as const) {
        script.transport(lost);
        script.states(lost, { iceGatheringState: "complete" });
        script.transport("connecting");
        script.transport("connected");
      }
      expect(holds(script)).to.deep.equal([15_000, 15_000, 15_000]);
      expect(script.connections).to.deep.equal(["connected"]);
      expect(script.session.call.state).to.equal("connected");
    });

    it("is reconnecting and connected where the app knows of that, and the path in use only once", () => {
      const script = scriptAt(role, stage[role], { reconnect: true });
      script.transport("connected");
      for (let times = 0; times < 2; times++) {
        script.transport("disconnected");
        script.transport("failed");
        script.transport("new");
        script.transport("connecting");
        script.transport("connected");
      }
      expect(holds(script)).to.deep.equal([30_000, 30_000]);
      expect(script.connections).to.deep.equal([
        ...["connected", "reconnecting", "connected"],
        ...["reconnecting", "connected"],
      ]);
      expect(script.all("start-tick").filter(({ name }) => name === "report").length).to.equal(1);
    });

    for (const lost of ["disconnected", "failed"] as const) {
      it(`is disconnected, once and before the end, where the path does not come back: ${lost}`, () => {
        for (const reconnect of [false, true]) {
          const script = scriptAt(role, stage[role], { reconnect });
          script.transport("connected");
          script.transport("disconnected");
          if (lost === "failed") script.transport("failed");
          script.timer("reconnect");
          script.states("closed");
          expect(script.connections.slice(1)).to.deep.equal(
            reconnect ? ["reconnecting", "disconnected"] : ["disconnected"],
          );
          expect(types(script).slice(-2)).to.deep.equal(["connection", "ended"]);
          const last = script.reported.at(-2);
          if (last?.type !== "connection") throw new Error("no connection was reported");
          expect(last.state.iceConnectionState).to.equal(lost);
        }
      });
    }

    it("is nothing more once the app has ended the call, also while a path is looked for", () => {
      const script = scriptAt(role, stage[role], { reconnect: true });
      script.transport("connected");
      script.transport("disconnected");
      expect(script.replies(script.command("end"))).to.deep.equal([{ type: "ok" }]);
      script.states("closed");
      script.timer("reconnect");
      expect(script.connections).to.deep.equal(["connected", "reconnecting"]);
      expect(types(script).filter((type) => type !== "connection")).to.deep.equal([]);
    });

    it("is the end alone where a person hangs up while a path is looked for", () => {
      const script = scriptAt(role, stage[role], { reconnect: true });
      script.transport("connected");
      script.transport("disconnected");
      script.happen({ type: "hang-up" });
      expect(types(script)).to.deep.equal(["connection", "connection", "end"]);
    });

    it("is connected during a hold by either side, of which the app knows nothing", () => {
      const script = scriptAt(role, stage[role], { traits: kitPeer });
      connect(script);
      script.states("connected");
      script.happen({ type: "control-opened" });
      script.happen({ type: "control", message: { type: "hold", on: true } });
      script.states("connected", { iceGatheringState: "complete" });
      script.happen({ type: "control", message: { type: "hold", on: false } });
      expect(script.connections).to.deep.equal(["connected"]);
      expect(script.session.call.hold.remote).to.equal(false);
    });

    it("is reconnecting while another kit is asked for a new path", () => {
      const script = scriptAt(role, stage[role], { traits: kitPeer, reconnect: true });
      connect(script);
      script.states("connected");
      script.happen({ type: "control-opened" });
      script.transport("failed");
      script.transport("connecting");
      script.transport("connected");
      expect(holds(script)).to.deep.equal([30_000]);
      expect(script.connections).to.deep.equal(["connected", "reconnecting", "connected"]);
    });
  });
}

describe("what is reported to a callee's app about a path that is quicker than the keys", () => {
  it("is connected only when the call is", () => {
    const script = scriptAt("callee", "answering");
    script.transport("connecting");
    script.transport("connected");
    expect(script.connections).to.deep.equal(["connecting"]);
    script.happen({ type: "answered", traits: simplexPeer, confirm: null, code: null });
    expect(script.connections).to.deep.equal(["connecting", "connected"]);
  });

  it("is never connected where the keys turn out to be different", () => {
    const script = scriptAt("callee", "answering");
    script.transport("connecting");
    script.transport("connected");
    script.happen({ type: "refused", reason: "the keys do not match", isFatal: true });
    expect(script.connections).to.deep.equal(["connecting"]);
    expect(types(script)).to.deep.equal(["connection", "ended"]);
  });
});

describe("what is reported to an app after an offer that was refused", () => {
  it("is of the next connection alone", () => {
    const script = scriptAt("caller", "describing");
    script.transport("connecting");
    script.happen({ type: "tick", name: "unconnected" });
    script.happen({ type: "refused", reason: "the description was refused", isFatal: false });
    script.command("offer");
    script.transport("connecting");
    script.transport("failed");
    expect(script.connections).to.deep.equal(["connecting", "connecting", "connecting"]);
    script.transport("connecting");
    expect(script.session.report.isOverdue).to.equal(false);
  });
});
