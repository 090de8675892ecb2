import { expect } from "@open-wc/testing";
import { reportOf } from "../../src/call/report.ts";
import { transitionWithReceipt } from "../../src/call/rules/receipt.ts";
import { createSimulatedCall, type SimulatedStep } from "../../src/simulator/index.ts";
import { CallScript, inSituation, startedAt } from "../support/call-script.ts";

const wait = (milliseconds: number): SimulatedStep => ({ type: "wait", milliseconds });

/** Plays a call with a clock of its own, and returns its end. */
async function played(script: readonly SimulatedStep[], milliseconds: number) {
  const call = createSimulatedCall({ script, speed: 0, startAt: 1_700_000_000_000 });
  for (let passed = 0; passed < milliseconds; passed += 250) await call.advance(250);
  const { record } = call.snapshot;
  return { report: call.report?.() ?? null, record, snapshot: call.snapshot };
}

const connected: readonly SimulatedStep[] = [
  { type: "call", media: "video" },
  wait(1000),
  { type: "perform", intent: { type: "accept", media: "video" } },
  { type: "until", state: "connected" },
  wait(5000),
];

describe("the receipt of a call", () => {
  it("has its length, gaps, path, protection, data and end, in the record and in the report", async () => {
    const { report, record } = await played(
      [
        ...connected,
        { type: "network", is: "lost" },
        wait(6000),
        { type: "network", is: "good" },
        { type: "until", state: "connected" },
        wait(5000),
        { type: "end", reason: "hung-up" },
        { type: "until", state: "ended" },
      ],
      40_000,
    );
    expect(record?.ending).to.deep.equal({ reason: "hung-up", by: "remote", problem: null });
    expect(record?.gapSeconds).to.be.within(4, 8);
    expect(record?.protectedPercent).to.be.within(50, 100);
    expect(record?.bytesReceived).to.be.greaterThan(1000);
    expect(record?.bytesSent).to.be.greaterThan(1000);
    expect(report).to.include({
      version: 1,
      direction: "incoming",
      media: "video",
      verified: false,
    });
    expect(report?.durationSeconds).to.equal(record?.durationSeconds);
    expect(report?.gaps).to.deep.equal({ count: 1, seconds: record?.gapSeconds });
    expect([report?.path, report?.ended]).to.deep.equal(["direct", record?.ending]);
    expect(report?.protection.percent).to.equal(record?.protectedPercent);
    const states = report?.events.filter(({ what }) => what === "state").map(({ value }) => value);
    expect(states).to.deep.equal([
      "incoming",
      "connecting",
      "connected",
      "reconnecting",
      "connected",
      "ended: hung-up by remote",
    ]);
  });

  it("has no figures of a call that never connected, but why it ended", async () => {
    const { record } = await played(
      [
        { type: "perform", intent: { type: "start", media: "audio" } },
        wait(1000),
        { type: "end", reason: "declined", text: "In a meeting" },
        { type: "until", state: "ended" },
      ],
      3000,
    );
    expect(record?.ending).to.deep.equal({ reason: "declined", by: "remote", problem: null });
    expect(Object.keys(record ?? {})).not.to.include.members(["gapSeconds"]);
  });

  it("holds no key, description, address, id, name or word that went through the call", async () => {
    const { report, snapshot } = await played(
      [
        { type: "perform", intent: { type: "start", media: "audio" } },
        wait(1000),
        { type: "end", reason: "declined", text: "In a meeting" },
        { type: "until", state: "ended" },
      ],
      3000,
    );
    const text = JSON.stringify(report);
    expect(text).not.to.contain("In a meeting");
    expect(text).not.to.contain(snapshot.callId);
  });

  it("holds nothing that a real call's messages hold", () => {
    for (const situation of ["the caller connected", "the callee reconnecting"] as const) {
      const script = inSituation(situation);
      const hung = transitionWithReceipt(script.model, { type: "hang-up" }, startedAt + 60_000);
      const text = JSON.stringify(reportOf(hung[0], startedAt + 61_000));
      for (const secret of secretsOf(script)) expect(text).not.to.contain(secret);
    }
  });

  it("keeps two hundred events at most: the first and the last", () => {
    let { model } = inSituation("the caller connected");
    for (let at = 0; at < 500; at++)
      [model] = transitionWithReceipt(
        model,
        { type: at % 2 === 0 ? "hold" : "resume" },
        startedAt + 1000 * at,
      );
    const events = reportOf(model, startedAt)?.events ?? [];
    expect(events).to.have.lengthOf(200);
    expect(events.at(-1)?.second).to.be.greaterThan(400);
  });

  it("is none of no call", () => {
    expect(reportOf(new CallScript().model, startedAt)).to.equal(null);
  });
});

/** Every text of at least six characters in all that a call has sent and knows, but the words of its protocol. */
function secretsOf({ model, effects }: CallScript): string[] {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value === "string" && value.length >= 16) found.add(value);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(visit);
  };
  visit([model.identity, model.exchange, model.candidates, model.keys, effects]);
  return [...found];
}
