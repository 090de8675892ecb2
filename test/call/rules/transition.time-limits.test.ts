import { expect } from "@open-wc/testing";
import type { CallEffect } from "../../../src/call/events.ts";
import type { TimerName } from "../../../src/call/terms.ts";
import type { CallModel } from "../../../src/call/state/model.ts";
import { inSituation, say, settings } from "../../support/call-script.ts";
import type { Situation } from "../../support/call-script.ts";

interface Wait {
  readonly situation: Situation;
  readonly timer: TimerName;
  readonly milliseconds: number;
  readonly reason: string;
  readonly problem: string | null;
  readonly outcome: string;
}

/** Every wait of a call: how long it is, and how it ends when nothing comes. */
const waits: readonly Wait[] = [
  {
    situation: "dialling",
    timer: "ring",
    milliseconds: 60_000,
    reason: "failed",
    problem: "timed-out",
    outcome: "failed",
  },
  {
    situation: "inviting",
    timer: "ring",
    milliseconds: 60_000,
    reason: "unanswered",
    problem: null,
    outcome: "unanswered",
  },
  {
    situation: "ringing",
    timer: "ring",
    milliseconds: 60_000,
    reason: "unanswered",
    problem: null,
    outcome: "unanswered",
  },
  {
    situation: "incoming",
    timer: "ring",
    milliseconds: 60_000,
    reason: "unanswered",
    problem: null,
    outcome: "missed",
  },
  ...(
    [
      ["accepted", 30_000],
      ["the caller with keys", 30_000],
      ["the caller with a path", 30_000],
      // Its answer has to go there, and the first word to come back.
      ["answering", 45_000],
      ["the callee with keys", 45_000],
    ] as const
  ).map(([situation, milliseconds]): Wait => ({
    ...{ situation, timer: "connect", milliseconds },
    ...{ reason: "failed", problem: "timed-out", outcome: "failed" },
  })),
  ...(["the caller reconnecting", "the callee reconnecting"] as const).map((situation): Wait => ({
    ...{ situation, timer: "reconnect", milliseconds: 30_000 },
    ...{ reason: "failed", problem: "connection-failed", outcome: "failed" },
  })),
];

/** The wait that runs after all of these effects, and for how long. */
function running(effects: readonly CallEffect[], name: TimerName): number | null {
  let milliseconds: number | null = null;
  for (const effect of effects) {
    if (effect.type === "start-timer" && effect.name === name) ({ milliseconds } = effect);
    if (effect.type === "stop-timer" && effect.name === name) milliseconds = null;
  }
  return milliseconds;
}

describe("every wait of a call", () => {
  for (const { situation, timer, milliseconds, reason, problem, outcome } of waits) {
    it(`has a time limit and ends with a reason: ${situation}`, () => {
      const script = inSituation(situation);
      expect(running(script.effects, timer)).to.equal(milliseconds);
      script.do(say.timer(timer));
      const { state, ending, record }: CallModel = script.model;
      expect([state, ending?.reason, ending?.problem, record?.outcome]).to.deep.equal([
        "ended",
        reason,
        problem,
        outcome,
      ]);
    });
  }

  it("ends with its purpose: a late timer is ignored", () => {
    for (const situation of [
      "the caller connected",
      "the callee connected",
      "the caller on hold",
    ] as const) {
      const script = inSituation(situation);
      const limits = ["ring", "connect", "reconnect"] as const;
      expect(limits.map((name) => running(script.effects, name))).to.deep.equal([null, null, null]);
      const { state } = script.model;
      for (const name of limits) script.do(say.timer(name));
      expect(script.model.state).to.equal(state);
    }
  });

  it("is as long as the host wants it where the host has a say", () => {
    const changes = { ringMilliseconds: 5000, reconnectMilliseconds: 7000 };
    expect(running(inSituation("incoming", changes).effects, "ring")).to.equal(5000);
    expect(running(inSituation("the caller reconnecting", changes).effects, "reconnect")).to.equal(
      7000,
    );
    expect(settings.ringMilliseconds).to.equal(60_000);
  });

  it("notifies nobody of a call without a sent invitation", () => {
    const script = inSituation("dialling");
    expect(script.names(say.timer("ring"))).to.deep.equal(["report", "close"]);
  });
});
