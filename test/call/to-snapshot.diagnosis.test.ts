import { expect } from "@open-wc/testing";
import { noPath, stuckMilliseconds } from "../../src/call/state/path.ts";
import { withFailure, withFound } from "../../src/call/rules/connection.ts";
import { toSnapshot, diagnose } from "../../src/call/to-snapshot.ts";
import type { Path } from "../../src/call/state/path.ts";
import type { CallScript } from "../support/call-script.ts";
import { inSituation, say } from "../support/call-script.ts";
import { candidate, signal } from "../support/signals.ts";

const server = "turn:turn.example:3478";

const line = (type: string) => ({
  candidate: `candidate:1 1 udp 1 192.0.2.1 9 typ ${type} raddr 0.0.0.0`,
});
const found = (...types: string[]) => withFound(noPath, types.map(line));

/** Returns the reason for a call with these facts. */
function reason(
  facts: Path,
  changes: { relayOnly?: boolean; side?: "accepted" | "answering" } = {},
) {
  const { model } = inSituation(changes.side ?? "accepted", {
    relayOnly: changes.relayOnly ?? false,
  });
  return diagnose({ ...model, path: facts });
}

describe("the doctor of a call that connects", () => {
  it("counts this side's candidates by type, and the end of them not at all", () => {
    const facts = withFound(found("host", "srflx", "prflx", "relay", "relay"), [{ candidate: "" }]);
    expect(facts.found).to.deep.equal({ host: 1, reflexive: 2, relay: 2 });
  });

  it("remembers each failure of a server once, and not any number of them", () => {
    const twice = [401, 401, 701].reduce(
      (facts, code) => withFailure(facts, { server, code }),
      noPath,
    );
    expect(twice.failures).to.deep.equal([
      { server, code: 401 },
      { server, code: 701 },
    ]);
    const many = Array.from({ length: 100 }, (_, port) => ({
      server: `turn:turn.example:${String(port)}`,
      code: 701,
    }));
    expect(many.reduce(withFailure, noPath).failures).to.have.length(16);
  });

  it("says that this side has no address to tell", () => {
    expect(reason(noPath)).to.deep.equal({ reason: "no-addresses", server: null });
    expect(reason(found("host", "srflx"), { relayOnly: true })).to.deep.equal({
      reason: "no-addresses",
      server: null,
    });
  });

  it("names the server that refused the password before one that does not answer", () => {
    const silent = withFailure(noPath, { server: "turn:other.example", code: 701 });
    expect(reason(silent)).to.deep.equal({
      reason: "server-unreachable",
      server: "turn:other.example",
    });
    expect(reason(withFailure(silent, { server, code: 401 }))).to.deep.equal({
      reason: "server-password",
      server,
    });
  });

  it("tells no answer at all from an answer without addresses", () => {
    expect(reason(found("host"), { side: "answering" }).reason).to.equal("no-answer");
    expect(reason(found("host")).reason).to.equal("no-remote-addresses");
  });

  it("says that a relay is needed, or that even one does not help", () => {
    expect(reason({ ...found("host"), received: 2 }).reason).to.equal("needs-relay");
    expect(reason({ ...found("host", "relay"), received: 2 }).reason).to.equal("no-path");
    const refused = withFailure({ ...found("host"), received: 2 }, { server, code: 401 });
    expect(reason(refused)).to.deep.equal({ reason: "server-password", server });
  });
});

describe("a call that connects", () => {
  const stuckOf = (script: CallScript) => toSnapshot(script.model).stuck;

  it("shows the reason for slow connecting after eight seconds, and updates it", () => {
    for (const side of ["accepted", "answering"] as const) {
      const script = inSituation(side);
      expect(script.effects).to.deep.include({
        type: "start-timer",
        name: "stuck",
        milliseconds: stuckMilliseconds,
      });
      expect(stuckOf(script)).to.equal(null);
      script.do(say.timer("stuck"));
      expect(stuckOf(script)?.reason).to.equal("no-addresses");
      script.do({ type: "server-failed", failure: { server, code: 401 } });
      expect(stuckOf(script)).to.deep.equal({ reason: "server-password", server });
    }
  });

  it("counts what comes and goes", () => {
    const script = inSituation("accepted");
    script.do(
      say.found(3),
      say.signal(signal("candidates", { seq: 5, candidates: [candidate, candidate] })),
    );
    expect(script.model.path).to.deep.include({
      received: 2,
      found: { host: 3, reflexive: 0, relay: 0 },
    });
  });

  it("keeps the reason where it ends over it", () => {
    const script = inSituation("the caller with keys");
    script.do(say.timer("stuck"), say.timer("connect"));
    expect(script.model.state).to.equal("ended");
    expect(stuckOf(script)?.reason).to.equal("no-addresses");
  });

  it("keeps the reason where the other side's time was over first, which tells this one nothing but that it failed", () => {
    for (const side of ["accepted", "answering"] as const) {
      const script = inSituation(side);
      script.do(say.timer("stuck"), say.signal(signal("end", { seq: 40, reason: "failed" })));
      expect(script.model.ending).to.deep.equal({ reason: "failed", by: "remote", problem: null });
      expect(stuckOf(script)?.reason).to.equal("no-addresses");
    }
  });

  it("says no such reason where it ends for another one", () => {
    const stuck = () => {
      const script = inSituation("the caller with keys");
      script.do(say.timer("stuck"));
      return script;
    };
    const hungUp = stuck();
    hungUp.do(say.signal(signal("end", { seq: 40, reason: "hung-up" })));
    const insecure = stuck();
    insecure.do({ type: "failed", code: "insecure" });
    const connected = stuck();
    connected.do(say.path("connected"), say.signal(signal("end", { seq: 40, reason: "failed" })));
    for (const script of [hungUp, insecure, connected]) {
      expect(script.model.state).to.equal("ended");
      expect(stuckOf(script)).to.equal(null);
    }
  });

  it("forgets the reason where it connects", () => {
    const other = inSituation("the caller with keys");
    other.do(say.timer("stuck"), say.path("connected"));
    expect(other.model.state).to.equal("connected");
    expect(stuckOf(other)).to.equal(null);
  });
});
