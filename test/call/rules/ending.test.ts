import { expect } from "@open-wc/testing";
import type { CallEvent } from "../../../src/call/events.ts";
import type { CallEnding, CallOutcome } from "../../../src/call/record.ts";
import { needsNoReading } from "../../../src/call/rules/after-end.ts";
import type { EndReason } from "../../../src/call/terms.ts";
import { endReasons } from "../../../src/signalling/messages.ts";
import {
  CallScript,
  inSituation,
  measurement,
  on,
  refused,
  say,
  startedAt,
} from "../../support/call-script.ts";
import type { Situation } from "../../support/call-script.ts";
import { callId, otherCallId, signal } from "../../support/signals.ts";

/** One end of a call: situation, event, outcome, reason, side, and message to the other side. */
type Ending = readonly [
  Situation,
  CallEvent,
  CallOutcome,
  EndReason,
  CallEnding["by"],
  EndReason | null,
];

const hangUp: CallEvent = { type: "hang-up" };
const failed: CallEvent = { type: "failed", code: "insecure" };
const remote = (reason: EndReason) => say.signal(signal("end", { seq: 40, reason }));

const endings: readonly Ending[] = [
  ["dialling", hangUp, "cancelled", "cancelled", "local", null],
  ["inviting", hangUp, "cancelled", "cancelled", "local", "cancelled"],
  ["ringing", hangUp, "cancelled", "cancelled", "local", "cancelled"],
  ["accepted", hangUp, "cancelled", "cancelled", "local", "cancelled"],
  ["the caller connected", hangUp, "completed", "hung-up", "local", "hung-up"],
  ["the caller reconnecting", hangUp, "completed", "hung-up", "local", "hung-up"],
  ["incoming", hangUp, "declined", "declined", "local", "declined"],
  ["incoming", { type: "decline" }, "declined", "declined", "local", "declined"],
  ["incoming", { type: "ignore" }, "missed", "unanswered", "local", null],
  ["answering", hangUp, "cancelled", "cancelled", "local", "cancelled"],
  ["the callee connected", hangUp, "completed", "hung-up", "local", "hung-up"],

  ["inviting", say.timer("ring"), "unanswered", "unanswered", "none", "unanswered"],
  ["ringing", say.timer("ring"), "unanswered", "unanswered", "none", "unanswered"],
  ["incoming", say.timer("ring"), "missed", "unanswered", "none", "unanswered"],
  ["accepted", say.timer("connect"), "failed", "failed", "none", "failed"],
  ["answering", say.timer("connect"), "failed", "failed", "none", "failed"],
  ["the caller reconnecting", say.timer("reconnect"), "failed", "failed", "none", "failed"],
  ["the callee reconnecting", say.timer("reconnect"), "failed", "failed", "none", "failed"],

  ["dialling", failed, "failed", "failed", "none", null],
  ["inviting", failed, "failed", "failed", "none", "failed"],
  ["incoming", failed, "failed", "failed", "none", "failed"],
  ["the caller connected", failed, "failed", "failed", "none", "failed"],
  ["the callee connected", failed, "failed", "failed", "none", "failed"],

  ["ringing", remote("declined"), "declined", "declined", "remote", null],
  ["inviting", remote("busy"), "busy", "busy", "remote", null],
  ["ringing", remote("unanswered"), "unanswered", "unanswered", "remote", null],
  [
    "ringing",
    remote("answered-elsewhere"),
    "answered-elsewhere",
    "answered-elsewhere",
    "remote",
    null,
  ],
  [
    "incoming",
    remote("answered-elsewhere"),
    "answered-elsewhere",
    "answered-elsewhere",
    "remote",
    null,
  ],
  ["ringing", remote("failed"), "failed", "failed", "remote", null],
  ["incoming", remote("cancelled"), "missed", "cancelled", "remote", null],
  ["incoming", remote("hung-up"), "missed", "hung-up", "remote", null],
  ["incoming", remote("unanswered"), "missed", "unanswered", "remote", null],
  ["incoming", remote("failed"), "failed", "failed", "remote", null],
  ["answering", remote("cancelled"), "cancelled", "cancelled", "remote", null],
  ["accepted", remote("cancelled"), "cancelled", "cancelled", "remote", null],
  ["the caller connected", remote("hung-up"), "completed", "hung-up", "remote", null],
  ["the callee connected", remote("hung-up"), "completed", "hung-up", "remote", null],
  ["the callee connected", remote("failed"), "failed", "failed", "remote", null],
  // A reason that means nothing at that moment does not change that the two sides were connected.
  ["the callee connected", remote("busy"), "completed", "busy", "remote", null],
  [
    "the caller connected",
    { type: "control", message: { type: "end", reason: "hung-up" } },
    "completed",
    "hung-up",
    "remote",
    null,
  ],
];

describe("the end of a call", () => {
  for (const [situation, event, outcome, reason, by, sentReason] of endings) {
    const what =
      event.type === "signal"
        ? "the other side's end"
        : event.type === "timer"
          ? `the ${event.name} timer`
          : event.type;
    it(`is ${outcome} and sends ${sentReason ?? "no reason"}: ${situation}, by ${what} (${reason})`, () => {
      const script = inSituation(situation);
      const effects = script.do(event);
      expect(script.model.record?.outcome).to.equal(outcome);
      expect(script.model.ending).to.include({ reason, by });
      const sent = effects.flatMap((effect) => (effect.type === "send" ? [effect.body] : []));
      expect(sent).to.deep.equal(sentReason === null ? [] : [{ type: "end", reason: sentReason }]);
      expect(effects.at(-1)).to.deep.equal({ type: "close", reason: sentReason });
    });
  }

  it("gives one record, whatever reason the other side names in whatever situation", () => {
    for (const situation of ["ringing", "incoming", "answering", "the callee connected"] as const) {
      for (const reason of endReasons) {
        const script = inSituation(situation);
        script.do(remote(reason), remote("hung-up"), hangUp);
        expect(script.model.ending?.reason).to.equal(reason);
      }
    }
  });

  it("reports what failed before it closes, and keeps the code", () => {
    const script = inSituation("the caller connected");
    expect(script.names(failed)).to.deep.equal(["report", "send end", "close"]);
    expect(script.model.ending?.problem).to.equal("insecure");
    const late = inSituation("accepted");
    late.do(say.timer("connect"));
    expect(late.model.ending?.problem).to.equal("timed-out");
    const lost = inSituation("the caller reconnecting");
    lost.do(say.timer("reconnect"));
    expect(lost.model.ending?.problem).to.equal("connection-failed");
  });

  it("switches off what the screen shows of both sides' devices", () => {
    const script = inSituation("the caller connected");
    script.do(
      { type: "control", message: { type: "media", microphone: true, camera: true, screen: true } },
      hangUp,
    );
    const {
      devices: { local },
      remote: other,
      path: { isControlOpen: controlOpen },
    } = script.model;
    expect([
      local.microphone.state,
      local.camera.state,
      other.known,
      other.camera,
      controlOpen,
    ]).to.deep.equal(["off", "off", false, false, false]);
  });
});

describe("a replaced call", () => {
  const withdraw: CallEvent = { type: "withdraw" };

  it("is taken back where it rings there, without a record", () => {
    for (const situation of ["inviting", "ringing"] as const) {
      const script = inSituation(situation);
      expect(script.do(withdraw)).to.deep.equal([
        { type: "send", seq: 1, body: { type: "end", reason: "cancelled" } },
      ]);
      expect(script.model.record).to.equal(null);
    }
  });

  it("needs no word where its invitation has not left, or where it came from there, or was accepted", () => {
    for (const situation of [
      "dialling",
      "incoming",
      "answering",
      "accepted",
      "the caller connected",
    ] as const) {
      expect(inSituation(situation).do(withdraw), situation).to.deep.equal([]);
    }
  });

  it("is taken back in the end, where the call that dials it anew never left", () => {
    const takenBack = {
      type: "send",
      seq: 1,
      body: { type: "end", reason: "cancelled" },
      callId: otherCallId,
    };
    for (const event of [
      hangUp,
      failed,
      say.timer("ring"),
      withdraw,
      say.device("microphone", refused),
    ]) {
      const script = new CallScript();
      script.do({ ...say.start(), replaces: { callId: otherCallId, nonce: null } });
      expect(script.do(event).filter(({ type }) => type === "send")).to.deep.equal([takenBack]);
    }
    const script = new CallScript();
    script.do(
      { ...say.start(), replaces: { callId: otherCallId, nonce: null } },
      say.offerReady,
      say.device("microphone", on),
    );
    expect(script.do(hangUp).filter(({ type }) => type === "send")).to.deep.equal([
      { type: "send", seq: 1, body: { type: "end", reason: "cancelled" } },
    ]);
  });
});

describe("the record of a call", () => {
  it("has the whole seconds between connecting and ending", () => {
    const script = inSituation("the caller connected");
    script.now += 61_999;
    script.do(hangUp);
    expect(script.model.record).to.deep.equal({
      callId,
      direction: "outgoing",
      media: "audio",
      outcome: "completed",
      startedAt,
      connectedAt: startedAt,
      endedAt: startedAt + 61_999,
      durationSeconds: 61,
      protection: "none",
      relayed: null,
      reconnections: 0,
    });
  });

  it("has no moment of connecting where it did not connect", () => {
    const script = inSituation("ringing");
    script.now += 5000;
    script.do(hangUp);
    expect(script.model.record).not.to.have.property("connectedAt");
    expect(script.model.record?.durationSeconds).to.equal(0);
  });

  it("has no negative duration where the clock was set back", () => {
    const script = inSituation("the caller connected");
    script.now -= 3_600_000;
    script.do(hangUp);
    expect(script.model.record?.durationSeconds).to.equal(0);
  });

  it("is JSON: a host can store it as it is", () => {
    const script = inSituation("the callee connected");
    script.do(hangUp);
    expect(JSON.parse(JSON.stringify(script.model.record))).to.deep.equal(script.model.record);
  });

  const healthy = (total: number) =>
    say.measured(measurement({ left: total, sealed: total, arrived: total, opened: total }, true));
  const protections: readonly [what: string, events: readonly CallEvent[], protection: string][] = [
    ["nothing flowed", [say.measured(measurement({}))], "none"],
    [
      "only this side's frames flowed",
      [say.measured(measurement({ left: 9, sealed: 9 }))],
      "one-way",
    ],
    ["frames flowed both ways", [healthy(50)], "protected"],
    ["they stopped before the end", [1, 2, 3, 4, 5, 6].map(() => healthy(50)), "protected"],
    [
      "frames were forged once",
      [say.measured(measurement({ sealed: 9, opened: 9, forged: 9 })), ...[50, 90].map(healthy)],
      "tampered",
    ],
  ];
  for (const [what, events, protection] of protections) {
    it(`says ${protection} where ${what}`, () => {
      const script = inSituation("the caller connected");
      script.do(...events, hangUp);
      expect(script.model.record?.protection).to.equal(protection);
    });
  }

  it("says whether media went through a relay, and how often the path was lost and found", () => {
    const script = inSituation("the caller connected");
    script.do(
      healthy(50),
      say.path("disconnected"),
      say.path("connected"),
      say.path("failed"),
      say.path("connected"),
      hangUp,
    );
    expect(script.model.record).to.include({ relayed: true, reconnections: 2 });
  });

  it("says that the call was verified only where both people said that the codes match", () => {
    const ended = (...said: CallEvent[]) => {
      const script = inSituation("the caller connected");
      script.do(healthy(50), ...said, hangUp);
      return script.model.record?.verified;
    };
    const here: CallEvent = { type: "check-code", match: true };
    const there: CallEvent = { type: "control", message: { type: "code", match: true } };
    expect([ended(), ended(here), ended(there), ended(here, there)]).to.deep.equal([
      undefined,
      undefined,
      undefined,
      true,
    ]);
  });

  it("is the only thing of the call that a dialled call without an engine leaves", () => {
    const script = new CallScript({ unable: "webrtc-unsupported" });
    script.do(say.start("video"));
    expect(script.model.record).to.include({
      outcome: "failed",
      direction: "outgoing",
      media: "video",
    });
  });
});

describe("the screen of an ended call", () => {
  it("needs no reading after one's own hang-up or decline, and after an answer on another device", () => {
    const sides = ["local", "remote", "none"] as const;
    const known = endReasons.flatMap((reason) =>
      sides
        .filter((by) => needsNoReading({ ending: { reason, by, problem: null } }))
        .map((by) => `${reason} by ${by}`),
    );
    expect(known).to.have.members([
      "hung-up by local",
      "cancelled by local",
      "declined by local",
      "answered-elsewhere by local",
      "answered-elsewhere by remote",
      "answered-elsewhere by none",
    ]);
    expect(
      needsNoReading({ ending: { reason: "failed", by: "none", problem: "timed-out" } }),
    ).to.equal(false);
    expect(needsNoReading({ ending: null })).to.equal(false);
  });
});
