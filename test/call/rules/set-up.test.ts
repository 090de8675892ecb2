import { expect } from "@open-wc/testing";
import { idleModel } from "../../../src/call/state/model.ts";
import { rejectBusy } from "../../../src/call/rules/ringing.ts";
import {
  CallScript,
  inSituation,
  off,
  on,
  refused,
  say,
  settings,
  startedAt,
  starting,
} from "../../support/call-script.ts";
import { callId, candidate, samples, signal } from "../../support/signals.ts";

describe("a call that is dialled", () => {
  it("goes its whole way from dialling to connected", () => {
    const call = new CallScript();
    expect(call.names(say.start("video"))).to.deep.equal([
      ...["prepare-offer", "set-device microphone on", "set-device camera on", "start-timer ring"],
    ]);
    expect(call.model).to.nested.include({
      state: "inviting",
      "identity.direction": "outgoing",
      "identity.media": "video",
      "identity.callId": callId,
      "times.startedAt": startedAt,
    });
    expect(call.names(say.device("microphone", starting))).to.deep.equal([]);
    expect(call.names(say.offerReady)).to.deep.equal([]);
    expect(call.names(say.found(2))).to.deep.equal([]);

    call.now += 500;
    expect(call.do(say.device("microphone", on))).to.deep.equal([
      {
        type: "send",
        seq: 0,
        body: {
          type: "invite",
          media: "video",
          sentAt: startedAt + 500,
          offer: say.offerReady.offer,
          keys: say.offerReady.keys,
          commitment: say.offerReady.commitment,
        },
      },
      { type: "start-timer", name: "ring", milliseconds: 60_000 },
    ]);
    expect(call.names(say.signal(signal("ringing")))).to.deep.equal([]);
    expect(call.model.state).to.equal("ringing");

    const accept = signal("accept", { seq: 1 });
    expect(call.do(say.signal(accept))).to.deep.equal([
      { type: "stop-timer", name: "ring" },
      { type: "apply-answer", accept, sentAt: call.now, resumes: null },
      { type: "start-timer", name: "connect", milliseconds: 30_000 },
      { type: "start-timer", name: "stuck", milliseconds: 8000 },
      { type: "send", seq: 1, body: { type: "candidates", candidates: [candidate, candidate] } },
    ]);
    expect(call.model.state).to.equal("connecting");
    expect(call.do(say.answerApplied)).to.deep.equal([
      {
        type: "send",
        seq: 2,
        body: { type: "confirm", nonce: say.answerApplied.nonce, mac: say.answerApplied.mac },
      },
    ]);
    expect(call.names(say.found(1, true))).to.deep.equal(["send candidates"]);
    expect(call.names(say.path("connecting"))).to.deep.equal([]);
    call.now += 100;
    expect(call.names(say.path("connected"))).to.deep.equal([
      "stop-timer connect",
      "stop-timer stuck",
    ]);
    expect(call.model).to.nested.include({
      state: "connected",
      "times.connectedAt": startedAt + 600,
      "keys.isConfirmed": true,
    });
  });

  it("opens no camera for an audio call", () => {
    expect(new CallScript().names(say.start("audio"))).not.to.include("set-device camera on");
  });

  it("invites as soon as both the offer and the microphone are there, whichever comes last", () => {
    const offerLast = new CallScript();
    offerLast.do(say.start(), say.device("microphone", on));
    expect(offerLast.names(say.offerReady)).to.deep.equal(["send invite", "start-timer ring"]);
    const microphoneLast = new CallScript();
    microphoneLast.do(say.start(), say.offerReady);
    expect(microphoneLast.names(say.device("microphone", on))).to.deep.equal([
      "send invite",
      "start-timer ring",
    ]);
  });

  it("invites once, however often the microphone is switched after that", () => {
    const call = inSituation("inviting");
    expect(
      call.names(say.device("microphone", off), say.device("microphone", on), say.offerReady),
    ).to.deep.equal([]);
  });

  it("does not wait for a camera, and starts without one that fails", () => {
    const call = inSituation("dialling");
    expect(call.do(say.device("camera", refused))).to.deep.equal([
      { type: "report", code: "permission-denied" },
    ]);
    expect(call.names(say.offerReady, say.device("microphone", on))).to.include("send invite");
  });

  it("does not start where the microphone fails, and notifies nobody", () => {
    const call = inSituation("dialling");
    call.do(say.offerReady);
    expect(call.names(say.device("microphone", refused))).to.deep.equal([
      "report",
      "report",
      "close",
    ]);
    expect(call.model).to.deep.include({
      state: "ended",
      ending: { reason: "failed", by: "none", problem: "permission-denied" },
    });
  });

  it("goes on where the microphone fails after the invitation has left", () => {
    const call = inSituation("ringing");
    expect(call.names(say.device("microphone", refused))).to.deep.equal(["report"]);
    expect(call.model.state).to.equal("ringing");
  });

  it("does not start where this engine cannot call: no device is asked for", () => {
    const call = new CallScript({ unable: "encryption-unsupported" });
    expect(call.do(say.start("video"))).to.deep.equal([
      { type: "report", code: "encryption-unsupported" },
      { type: "close", farewell: null },
    ]);
  });

  it("can be accepted without having said that it rings", () => {
    const call = inSituation("inviting");
    expect(call.names(say.signal(signal("accept", { seq: 1 })))).to.include("apply-answer");
    // Too late: the call does not ring any more.
    call.do(say.signal(signal("ringing", { seq: 0 })));
    expect(call.model.state).to.equal("connecting");
  });

  it("connects whichever comes last, the keys or the path", () => {
    const pathFirst = inSituation("the caller with a path");
    expect(pathFirst.model.state).to.equal("connecting");
    expect(pathFirst.names(say.answerApplied)).to.deep.equal([
      "send confirm",
      "stop-timer connect",
      "stop-timer stuck",
    ]);
    expect(pathFirst.model.state).to.equal("connected");
    const keysFirst = inSituation("the caller with keys");
    expect(keysFirst.names(say.path("connected"))).to.deep.equal([
      "stop-timer connect",
      "stop-timer stuck",
    ]);
  });
});

describe("a call that comes in", () => {
  it("goes its whole way from the invitation to connected", () => {
    const call = new CallScript();
    const { invite } = samples;
    expect(call.do(say.signal(invite))).to.deep.equal([
      { type: "send", seq: 0, body: { type: "ringing" } },
      { type: "prepare-answer", invite },
      { type: "start-timer", name: "ring", milliseconds: 60_000 },
    ]);
    expect(call.model).to.nested.include({
      state: "incoming",
      "identity.direction": "incoming",
      "identity.media": "video",
      "identity.callId": callId,
    });
    expect(call.do({ type: "accept", media: "video" })).to.deep.equal([
      { type: "stop-timer", name: "ring" },
      { type: "answer", invite, media: "video" },
      { type: "set-device", device: "microphone", on: true },
      { type: "set-device", device: "camera", on: true },
      { type: "start-timer", name: "connect", milliseconds: 30_000 },
      { type: "start-timer", name: "stuck", milliseconds: 8000 },
    ]);
    expect(call.names(say.found(1))).to.deep.equal([]);
    const { body, media } = say.answerReady("video");
    expect(call.do(say.answerReady("video"))).to.deep.equal([
      { type: "send", seq: 1, body: { type: "accept", media, ...body } },
      { type: "send", seq: 2, body: { type: "candidates", candidates: [candidate] } },
    ]);
    const confirm = signal("confirm", { seq: 1 });
    const { nonce, mac } = confirm;
    expect(call.do(say.signal(confirm))).to.deep.equal([
      { type: "check-confirm", confirm: { nonce, mac } },
    ]);
    expect(call.names(say.path("connected"))).to.deep.equal([]);
    expect(call.model).to.nested.include({ state: "connecting", "keys.isConfirmed": false });
    expect(call.names(say.confirmed)).to.deep.equal(["stop-timer connect", "stop-timer stuck"]);
    expect(call.model).to.nested.include({ state: "connected", "keys.isConfirmed": true });
  });

  it("opens no device and makes no connection before it is accepted", () => {
    const call = inSituation("incoming");
    const switches = (["microphone", "camera", "screen"] as const).map(
      (device) => ({ type: "set-device", device, on: true }) as const,
    );
    expect(call.names(...switches, { type: "flip-camera" })).to.deep.equal([]);
    expect(call.effects.map(({ type }) => type)).not.to.include.members(["set-device"]);
    expect(call.effects.map(({ type }) => type)).not.to.include.members(["answer"]);
  });

  it("may be taken without the camera, also where it asks for picture", () => {
    const call = inSituation("incoming");
    expect(call.names({ type: "accept", media: "audio" })).not.to.include("set-device camera on");
    expect(call.model.identity.media).to.equal("video");
  });

  it("is accepted once", () => {
    const call = inSituation("answering");
    expect(call.names({ type: "accept", media: "video" })).to.deep.equal([]);
  });

  it("does not ring when it comes over a minute late: it was missed when it was sent", () => {
    const call = new CallScript();
    call.now = startedAt + 60_001;
    expect(call.do(say.signal(signal("invite", { sentAt: startedAt })))).to.deep.equal([
      { type: "close", farewell: null },
    ]);
    expect(call.model.record).to.include({
      outcome: "missed",
      direction: "incoming",
      startedAt,
      durationSeconds: 0,
    });
  });

  it("rings when it comes just in time, and when the caller's clock is ahead", () => {
    for (const sentAt of [startedAt - 60_000, startedAt, startedAt + 3_600_000]) {
      const call = new CallScript();
      call.do(say.signal(signal("invite", { sentAt })));
      expect(call.model.state).to.equal("incoming");
    }
  });

  it("does not ring where this engine cannot call, and the caller is told", () => {
    const call = new CallScript({ unable: "encryption-unsupported" });
    expect(call.names(say.signal(samples.invite))).to.deep.equal(["report", "send end", "close"]);
  });

  it("is turned away with one word where there is another call", () => {
    const [model, effects] = rejectBusy(idleModel(settings), samples.invite, startedAt);
    expect(effects).to.deep.equal([
      { type: "send", seq: 0, body: { type: "end", reason: "busy" } },
      { type: "close", farewell: "busy" },
    ]);
    expect(model.record).to.include({ outcome: "missed", direction: "incoming" });
  });

  it("keeps a confirm that comes before its own work is done, and checks it then", () => {
    const call = inSituation("answering");
    const confirm = signal("confirm", { seq: 1 });
    expect(call.do(say.signal(confirm))).to.deep.equal([]);
    const effects = call.do(say.answerReady());
    const { nonce, mac } = confirm;
    expect(effects.at(-1)).to.deep.equal({ type: "check-confirm", confirm: { nonce, mac } });
    expect(call.model.keys.earlyConfirm).to.equal(null);
  });

  it("checks no second confirm once the first was right", () => {
    const call = inSituation("the callee with keys");
    call.do(say.signal(signal("confirm", { seq: 1 })), say.confirmed);
    expect(call.do(say.signal(signal("confirm", { seq: 2 })))).to.deep.equal([]);
  });
});
