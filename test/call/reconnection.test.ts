import { expect } from "@open-wc/testing";
import { maxRestarts } from "../../src/call/reconnection.ts";
import type { SignalCandidate } from "../../src/signalling/messages.ts";
import { CallScript, inSituation, say, startedAt } from "../support/call-script.ts";
import { candidate, description, signal } from "../support/signals.ts";

const restart = (attempt: number, seq = 10 + attempt) => say.signal(signal("restart", { attempt, seq }));
const restartAnswer = (attempt: number, seq = 40 + attempt) => say.signal(signal("restart-answer", { attempt, seq }));
const networkChanged = { type: "network-changed" } as const;

/** A call that is connected, its data channel open. */
function connected(side: "caller" | "callee"): CallScript {
  const script = inSituation(`the ${side} connected`);
  script.do({ type: "control-opened" });
  return script;
}

describe("a path that is lost", () => {
  it("is waited for a second, since it often heals by itself, and then a new one is asked for", () => {
    const script = connected("caller");
    expect(script.names(say.path("disconnected"))).to.deep.equal(["start-timer reconnect", "start-timer restart"]);
    expect(script.model.reconnection).to.deep.equal({
      since: startedAt,
      until: startedAt + 30_000,
      attempts: 0,
      trying: "wait",
    });
    expect(script.names(say.timer("restart"))).to.deep.equal(["restart-path", "start-timer restart"]);
    expect(script.model.reconnection).to.include({ attempts: 1, trying: "ask" });
  });

  it("is not waited for where the transport has given up", () => {
    const script = connected("caller");
    expect(script.names(say.path("failed"))).to.deep.equal(["start-timer reconnect", "restart-path", "start-timer restart"]);
  });

  it("is asked for over the data channel and the host's channel at the same time", () => {
    const script = connected("caller");
    script.do(say.path("failed"));
    expect(script.names(say.restartReady(1))).to.deep.equal(["send-control", "send restart"]);
  });

  it("is asked for over the host's channel alone where no data channel was opened", () => {
    const script = inSituation("the caller connected");
    script.do(say.path("failed"));
    expect(script.names(say.restartReady(1))).to.deep.equal(["send restart"]);
  });

  it("is asked for again every two seconds, with a new number, fifteen times and no more", () => {
    const script = connected("callee");
    script.do(say.path("disconnected"));
    const effects = Array.from({ length: 20 }, () => script.do(say.timer("restart"))).flat();
    const attempts = effects.flatMap((effect) => (effect.type === "restart-path" ? [effect.attempt] : []));
    expect(attempts).to.deep.equal(Array.from({ length: maxRestarts }, (_, index) => index + 1));
  });

  it("ends the wait, and is counted, once it is back", () => {
    const script = connected("caller");
    script.do(say.path("disconnected"), say.timer("restart"));
    expect(script.names(say.path("connecting"), say.path("connected"))).to.deep.equal([
      "stop-timer reconnect",
      "stop-timer restart",
    ]);
    expect(script.model).to.include({ state: "connected", reconnection: null, reconnections: 1 });
  });

  it("ends the call when it does not come back within the time that the host gives it", () => {
    const script = connected("caller");
    script.do(say.path("disconnected"), say.timer("reconnect"));
    expect(script.model.state).to.equal("ended");
    expect(script.model.ending?.problem).to.equal("connection-failed");
    expect(script.model.reconnection).to.equal(null);
  });

  it("is never asked for from a side that would not understand it", () => {
    const script = connected("caller");
    script.model = { ...script.model, canRestart: false };
    expect(script.names(say.path("failed"), say.timer("restart"), networkChanged)).to.deep.equal(["start-timer reconnect"]);
  });
});

describe("another network", () => {
  it("is looked for a path in at once, without a word on the screen while the old path works", () => {
    const script = connected("caller");
    expect(script.names(networkChanged)).to.deep.equal(["restart-path"]);
    expect(script.model).to.include({ state: "connected", reconnection: null });
  });

  it("is one change, however many signs of it come", () => {
    const script = connected("caller");
    expect(script.names(networkChanged, networkChanged, networkChanged)).to.deep.equal(["restart-path"]);
    script.now += 1000;
    expect(script.names(networkChanged)).to.deep.equal(["restart-path"]);
  });

  it("means nothing before the call is connected", () => {
    expect(inSituation("ringing").names(networkChanged)).to.deep.equal([]);
    expect(inSituation("accepted").names(networkChanged)).to.deep.equal([]);
  });
});

describe("the other side's offer of a new path", () => {
  it("is answered once, though it comes over both channels", () => {
    const script = connected("callee");
    const control = { type: "control", message: { type: "restart", attempt: 1, offer: description() } } as const;
    expect(script.names(control, restart(1))).to.deep.equal(["answer-restart"]);
    expect(script.names(say.restartAnswerReady(1))).to.deep.equal(["send-control", "send restart-answer"]);
  });

  it("is not taken when a newer one was", () => {
    const script = connected("callee");
    expect(script.names(restart(2), restart(1))).to.deep.equal(["answer-restart"]);
    expect(script.names(say.restartAnswerReady(1))).to.deep.equal([]);
  });

  it("stands against the callee's own, which is taken back", () => {
    const script = connected("callee");
    script.do(say.path("failed"), say.restartReady(1));
    expect(script.names(restart(1))).to.deep.equal(["answer-restart", "start-timer restart"]);
    expect(script.names(restartAnswer(1))).to.deep.equal([]);
  });

  it("does not stand against the caller's own", () => {
    const script = connected("caller");
    script.do(say.path("failed"), say.restartReady(1));
    expect(script.names(restart(1))).to.deep.equal([]);
    expect(script.names(restartAnswer(1))).to.deep.equal(["apply-restart-answer", "start-timer restart"]);
  });

  it("stands against one of the caller's that was lost while its path still worked", () => {
    const script = connected("caller");
    script.do(networkChanged, say.restartReady(1));
    expect(script.names(restart(1))).to.deep.equal(["answer-restart"]);
  });

  it("takes back an offer that is still being made", () => {
    const script = connected("callee");
    script.do(say.path("failed"), restart(1));
    expect(script.names(say.restartReady(1))).to.deep.equal([]);
  });
});

describe("the answer to an offer of a new path", () => {
  it("counts once, for the last offer only", () => {
    const script = connected("caller");
    script.do(say.path("disconnected"), say.timer("restart"), say.restartReady(1), say.timer("restart"), say.restartReady(2));
    expect(script.names(restartAnswer(1))).to.deep.equal([]);
    expect(script.names(restartAnswer(2), restartAnswer(2, 60))).to.deep.equal(["apply-restart-answer", "start-timer restart"]);
  });

  it("that the engine refuses changes nothing but is told", () => {
    const script = connected("caller");
    script.do(say.path("disconnected"), say.timer("restart"));
    expect(script.do({ type: "restart-failed", code: "insecure" })).to.deep.equal([{ type: "report", code: "insecure" }]);
    expect(script.model.state).to.equal("reconnecting");
  });
});

describe("candidates of a new path", () => {
  it("go over both channels", () => {
    const script = connected("caller");
    expect(script.names(say.found())).to.deep.equal(["send candidates"]);
    script.do(networkChanged);
    expect(script.names(say.found())).to.deep.equal(["send-control", "send candidates"]);
  });

  it("are taken from the data channel", () => {
    const script = connected("callee");
    const control = { type: "control", message: { type: "candidates", candidates: [candidate] as SignalCandidate[] } } as const;
    expect(script.names(control)).to.deep.equal(["add-candidates"]);
  });
});
