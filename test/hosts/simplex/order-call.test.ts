import { expect } from "@open-wc/testing";
import { found, kitPeer, scriptAt, simplexPeer } from "./order-script.ts";
import type { Script } from "./order-script.ts";

const types = (script: Script) => script.reported.map(({ type }) => type);
const closeReasons = (script: Script) => script.all("close").map(({ reason }) => reason);

describe("the end of a call", () => {
  for (const role of ["caller", "callee"] as const) {
    for (const stage of role === "caller"
      ? (["capturing", "invited", "describing", "connected"] as const)
      : (["describing", "described", "answering", "connected"] as const)) {
      const at = `to a ${role} that is ${stage}`;

      it(`is reported once as "end" where a person hangs up, ${at}`, () => {
        const script = scriptAt(role, stage);
        const { pending } = script.session;
        script.happen({ type: "hang-up" });
        script.happen({ type: "hang-up" });
        script.happen({ type: "failed", code: "encryption-lost" });
        expect(types(script)).to.deep.equal(["end"]);
        if (pending !== null)
          expect(script.replies(pending).map(({ type }) => type)).to.deep.equal(["error"]);
        expect(script.replies(script.command("end"))).to.deep.equal([{ type: "ok" }]);
        expect(closeReasons(script)).to.deep.equal([null]);
      });

      it(`is reported once as "ended" where the call breaks, ${at}`, () => {
        const script = scriptAt(role, stage);
        script.happen({ type: "failed", code: "encryption-lost" });
        script.happen({ type: "hang-up" });
        expect(types(script)).to.deep.equal(["ended"]);
        expect(script.replies(script.command("end"))).to.deep.equal([{ type: "ok" }]);
        expect(types(script)).to.deep.equal(["ended"]);
      });

      it(`gets no report where the host itself has ended it, ${at}`, () => {
        const script = scriptAt(role, stage);
        const { pending } = script.session;
        const [first, second] = [script.command("end"), script.command("end")];
        expect([...script.replies(first), ...script.replies(second)]).to.deep.equal([
          { type: "ok" },
          { type: "ok" },
        ]);
        if (pending !== null)
          expect(script.replies(pending).map(({ type }) => type)).to.deep.equal(["error"]);
        expect(types(script)).to.deep.equal([]);
        expect(closeReasons(script)).to.deep.equal([null]);
        expect(script.session.call.record?.protection).to.equal("none");
      });
    }
  }

  it("is reported as the other kit says it on the data channel", () => {
    const script = scriptAt("callee", "connected", { traits: kitPeer });
    script.happen({ type: "control", message: { type: "end", reason: "hung-up" } });
    expect(types(script)).to.deep.equal(["ended"]);
    expect(script.session.call.ending).to.deep.equal({
      reason: "hung-up",
      by: "remote",
      problem: null,
    });
  });

  it("says goodbye to another kit on the data channel", () => {
    const [ended, hungUp] = [
      scriptAt("callee", "connected", { traits: kitPeer }),
      scriptAt("callee", "connected", { traits: kitPeer }),
    ];
    ended.command("end");
    hungUp.happen({ type: "hang-up" });
    expect([...closeReasons(ended), ...closeReasons(hungUp)]).to.deep.equal(["hung-up", "hung-up"]);
  });
});

describe("a path that is lost", () => {
  const waits = (script: Script) =>
    script
      .all("start-timer")
      .flatMap(({ name, milliseconds }) => (name === "reconnect" ? [milliseconds] : []));

  for (const lost of ["disconnected", "failed"] as const) {
    it(`is held on to for 15 seconds with their page, and not asked for: ${lost}`, () => {
      const script = scriptAt("caller", "connected", { traits: simplexPeer });
      script.path(lost);
      expect(script.session.call.state).to.equal("reconnecting");
      const { since, until } = script.session.call.reconnection.current!;
      expect([until - since, ...waits(script)]).to.deep.equal([15_000, 15_000]);
      script.happen({ type: "network-changed" });
      script.happen({ type: "timer", name: "restart" });
      expect(script.all("restart-path")).to.deep.equal([]);
      expect(types(script)).to.deep.equal([]);
      script.timer("reconnect");
      expect(types(script)).to.deep.equal(["ended"]);
    });
  }

  it("continues where it recovers", () => {
    const script = scriptAt("caller", "connected");
    script.path("disconnected");
    script.path("connected");
    script.timer("reconnect");
    expect(script.session.call.state).to.equal("connected");
    expect(types(script)).to.deep.equal([]);
    expect(script.all("start-tick").filter(({ name }) => name === "report").length).to.equal(1);
  });

  it("is requested again where the other side is a kit, with its candidates on the data channel, 16 at a time", () => {
    const script = scriptAt("caller", "connected", { traits: kitPeer });
    script.happen({ type: "control-opened" });
    script.path("failed");
    expect(script.all("restart-path").map(({ attempt }) => attempt)).to.deep.equal([1]);
    expect(waits(script)).to.deep.equal([30_000]);
    script.happen({
      type: "restart-ready",
      message: { type: "restart", attempt: 1, offer: "offer" },
    });
    const many = Array.from({ length: 20 }, () => found[0]!);
    script.happen({ type: "candidates-found", candidates: many, end: false });
    const sent = script
      .all("send-control")
      .flatMap(({ message }) =>
        message.type === "media"
          ? []
          : [message.type === "candidates" ? message.candidates.length : message.type],
      );
    expect(sent).to.deep.equal(["restart", 16, 4]);
    expect(types(script)).to.deep.equal([]);
    script.path("connected");
    expect(script.session.call.state).to.equal("connected");
  });
});
