import { expect } from "@open-wc/testing";
import { resumedFrom } from "../../../src/call/state/model.ts";
import { toSnapshot } from "../../../src/call/to-snapshot.ts";
import {
  aResumedCall,
  CallScript,
  inSituation,
  off,
  on,
  say,
  startedAt,
} from "../../support/call-script.ts";
import { callId, signal } from "../../support/signals.ts";

const muted = { ...aResumedCall, wanted: { microphone: false, camera: false, screen: false } };

describe("a call that resumes another one", () => {
  it("names it in its invitation, and no other call does", () => {
    const script = new CallScript();
    script.do({ ...say.start(), resumed: aResumedCall });
    const [sent] = script.do(say.offerReady, say.device("microphone", on));
    expect(sent?.type === "send" && sent.body).to.include({
      type: "invite",
      resumes: aResumedCall.callId,
    });
    const [plain] = new CallScript()
      .do(say.start(), say.offerReady, say.device("microphone", on))
      .slice(-2);
    expect(plain?.type === "send" && "resumes" in plain.body).to.equal(false);
  });

  it("goes on with the clock, the direction and the count of reconnections, on both sides", () => {
    const caller = new CallScript();
    caller.do(
      { ...say.start(), resumed: aResumedCall },
      say.offerReady,
      say.device("microphone", on),
    );
    caller.do(say.signal(signal("accept")), say.answerVerified, say.path("connected"));
    const callee = inSituation("incoming");
    callee.do({
      type: "accept",
      media: "audio",
      resumed: { ...aResumedCall, direction: "outgoing" },
    });
    callee.do(say.answerReady(), say.confirmed, say.path("connected"));
    for (const [script, direction] of [
      [caller, "incoming"],
      [callee, "outgoing"],
    ] as const) {
      expect(toSnapshot(script.model)).to.include({
        ...{ state: "connected", direction, reconnections: 3 },
        ...{ startedAt: aResumedCall.startedAt, connectedAt: aResumedCall.connectedAt },
      });
      script.do({ type: "hang-up" });
      expect(script.model.record).to.include({
        direction,
        outcome: "completed",
        durationSeconds: 60,
        reconnections: 3,
      });
    }
  });

  it("opens what was on, and never what was muted; a muted call waits for no microphone", () => {
    const speaking = new CallScript().names({ ...say.start("video"), resumed: aResumedCall });
    expect(speaking.filter((name) => name.startsWith("set-device"))).to.deep.equal([
      "set-device microphone on",
    ]);
    const script = new CallScript();
    expect(
      script
        .names({ ...say.start(), resumed: muted })
        .some((name) => name.startsWith("set-device")),
    ).to.equal(false);
    expect(script.names(say.offerReady)).to.deep.equal(["send invite", "start-timer ring"]);
    const callee = inSituation("incoming").names({
      type: "accept",
      media: "audio",
      resumed: muted,
    });
    expect(callee.some((name) => name.startsWith("set-device"))).to.equal(false);
  });

  it("waits for its microphone like any other where that was on", () => {
    const script = new CallScript();
    script.do({ ...say.start(), resumed: aResumedCall });
    expect(script.names(say.offerReady)).to.deep.equal([]);
  });

  it("stays on hold where the old one was, with every device off until it is resumed", () => {
    const script = inSituation("incoming");
    const names = script.names({
      type: "accept",
      media: "audio",
      resumed: { ...aResumedCall, isHeld: true },
    });
    expect(names.some((name) => name.startsWith("set-device"))).to.equal(false);
    script.do(say.answerReady(), say.confirmed, say.path("connected"));
    expect(toSnapshot(script.model)).to.deep.include({
      held: { local: true, remote: false },
      actions: ["hang-up", "resume"],
    });
    expect(script.names({ type: "control-opened" })).to.deep.equal([
      "send-control",
      "send-control",
    ]);
    expect(script.names({ type: "resume" })).to.include("set-device microphone on");
  });

  it("ends as a call that was, where nobody answers it", () => {
    const script = new CallScript();
    script.do(
      { ...say.start(), resumed: aResumedCall },
      say.offerReady,
      say.device("microphone", on),
      say.timer("ring"),
    );
    expect(script.model.record).to.include({
      outcome: "completed",
      connectedAt: aResumedCall.connectedAt,
    });
  });
});

describe("what a call leaves to the one that takes it up", () => {
  it("is nothing where it was never connected", () => {
    for (const situation of [
      "idle",
      "dialling",
      "ringing",
      "incoming",
      "answering",
      "the caller with keys",
    ] as const) {
      expect(resumedFrom(inSituation(situation).model, startedAt), situation).to.equal(null);
    }
  });

  it("is its clock, its wanted and its hold; its own legacy where it was taken up itself", () => {
    const script = inSituation("the callee connected");
    script.do(say.device("microphone", on), say.device("microphone", off), { type: "hold" });
    expect(resumedFrom(script.model, script.now)).to.deep.equal({
      ...{
        callId,
        direction: "incoming",
        startedAt,
        connectedAt: startedAt,
        reconnections: 0,
        talked: 0,
        isHeld: true,
        isHidden: false,
      },
      wanted: { microphone: false, camera: false, screen: false },
    });
    const again = inSituation("incoming");
    again.do({
      type: "accept",
      media: "audio",
      resumed: { ...aResumedCall, direction: "outgoing" },
    });
    expect(resumedFrom(again.model, again.now)).to.deep.include({
      callId,
      direction: "outgoing",
      reconnections: 3,
    });
  });
});
