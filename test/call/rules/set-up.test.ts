import { expect } from "@open-wc/testing";
import { idleModel } from "../../../src/call/state/model.ts";
import type { CallEvent } from "../../../src/call/events.ts";
import { missLate, rejectBusy } from "../../../src/call/rules/invitation.ts";
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
      ...["set-device microphone on", "set-device camera on", "prepare-offer", "start-timer ring"],
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
          ringFor: 60_000,
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
    expect(call.do(say.answerVerified)).to.deep.equal([
      {
        type: "send",
        seq: 2,
        body: { type: "confirm", nonce: say.answerVerified.nonce, mac: say.answerVerified.mac },
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
      { type: "close", reason: null },
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
    expect(pathFirst.names(say.answerVerified)).to.deep.equal([
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
      { type: "start-timer", name: "connect", milliseconds: 45_000 },
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
      // A sign of life.
      { type: "start-timer", name: "connect", milliseconds: 30_000 },
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

  it("that is too late was missed when it was sent, and its caller hears that once", () => {
    const invite = signal("invite", { sentAt: startedAt });
    for (const sentReason of ["unanswered", null] as const) {
      const [model, effects] = missLate(
        idleModel(settings),
        invite,
        sentReason,
        startedAt + 60_001,
      );
      expect(effects).to.deep.equal([
        ...(sentReason === null
          ? []
          : [{ type: "send", seq: 0, body: { type: "end", reason: "unanswered" } }]),
        { type: "close", reason: sentReason },
      ]);
      expect(model.record).to.include({
        ...{ outcome: "missed", direction: "incoming", startedAt, durationSeconds: 0 },
      });
    }
    // A record that ends before it begins would be no record.
    const [early] = missLate(idleModel(settings), invite, null, startedAt - 3_600_000);
    expect(early.record).to.include({ startedAt: startedAt - 3_600_000 });
  });

  describe("on a device that sleeps while it rings", () => {
    const ringFor = 60_000;
    const ringing = (canAsk = true) => {
      const call = new CallScript();
      call.do(say.signal(signal("invite", { ...(canAsk && { ringFor }) })));
      return call;
    };
    const accept = { type: "accept", media: "audio" } as const;
    const slept = (milliseconds: number) => ({ type: "slept", milliseconds }) as const;
    const waiting = (left: number, seq = 9) => say.signal(signal("waiting", { left, seq }));

    it("rings for what is left, and a look alone changes nothing", () => {
      const call = ringing();
      const before = call.model;
      expect(call.do(slept(0))).to.deep.equal([]);
      expect(call.model).to.equal(before);
      expect(call.do(slept(20_000))).to.deep.equal([
        { type: "start-timer", name: "ring", milliseconds: 40_000 },
      ]);
    });

    it("asks its caller once it has slept longer than it may ring, whatever is pressed meanwhile", () => {
      const call = ringing();
      expect(call.names(slept(7_200_000))).to.deep.equal([
        ...["send ringing", "stop-timer ring", "start-timer check"],
      ]);
      expect(call.names(accept, slept(0), accept)).to.deep.equal([]);
      expect(call.model.state).to.equal("incoming");
    });

    it("asks its caller before it is accepted after its time, where no timer has rung", () => {
      const call = ringing();
      call.now += 60_000;
      expect(call.names(accept)).to.deep.equal([
        ...["send ringing", "stop-timer ring", "start-timer check"],
      ]);
    });

    it("is accepted as soon as the caller says that it still waits", () => {
      const call = ringing();
      call.do(slept(7_200_000), accept);
      expect(call.names(waiting(12_000))).to.include.members(["answer", "stop-timer check"]);
      expect(call.model.state).to.equal("connecting");
    });

    it("rings on where nobody has pressed anything, as long as the caller still waits", () => {
      const call = ringing();
      call.do(slept(7_200_000));
      expect(call.do(waiting(12_000))).to.deep.equal([
        { type: "stop-timer", name: "check" },
        { type: "start-timer", name: "ring", milliseconds: 12_000 },
      ]);
      // Never longer than its own time, whatever the other side says.
      const other = ringing();
      other.do(slept(7_200_000));
      expect(other.do(waiting(600_000)).at(-1)).to.include({ milliseconds: 60_000 });
    });

    it("is missed where the caller says nothing, or is of a kit that cannot be asked", () => {
      const call = ringing();
      call.do(slept(7_200_000), accept);
      expect(call.names(say.timer("check"))).to.deep.equal(["send end", "close"]);
      expect(call.model.record?.outcome).to.equal("missed");
      const older = ringing(false);
      older.do(slept(7_200_000));
      expect(older.model.record?.outcome).to.equal("missed");
    });

    it("takes no answer to a question that was not asked", () => {
      const call = ringing();
      expect(call.names(waiting(1))).to.deep.equal([]);
    });
  });

  it("is asked about by a callee in doubt: its caller says how long it still waits, and does not ring there by that", () => {
    const call = inSituation("inviting");
    call.now += 15_000;
    expect(call.do(say.signal(signal("ringing", { seq: 0, check: true })))).to.deep.equal([
      { type: "send", seq: 1, body: { type: "waiting", left: 45_000 } },
    ]);
    expect(call.model.state).to.equal("inviting");
    const ended = inSituation("ended");
    expect(ended.names(say.signal(signal("ringing", { seq: 5, check: true })))).to.deep.equal([]);
    const connected = inSituation("the caller connected");
    expect(connected.names(say.signal(signal("ringing", { seq: 5, check: true })))).to.deep.equal(
      [],
    );
  });

  describe("over a slow channel", () => {
    const limits = (call: CallScript, ...events: CallEvent[]) =>
      call
        .do(...events)
        .flatMap((effect) =>
          effect.type === "start-timer" && effect.name === "connect" ? [effect.milliseconds] : [],
        );

    it("gives the callee half as much again for the first sign of life", () => {
      const accept = { type: "accept", media: "audio" } as const;
      expect(limits(inSituation("incoming"), accept)).to.deep.equal([45_000]);
      expect(limits(inSituation("incoming", { connectMilliseconds: 7000 }), accept)).to.deep.equal([
        10_500,
      ]);
      const ringing = inSituation("ringing");
      expect(limits(ringing, say.signal(signal("accept", { seq: 1 })))).to.deep.equal([30_000]);
    });

    it("begins the limit anew with every sign of life, and with none that comes again", () => {
      const call = inSituation("answering");
      const confirm = say.signal(signal("confirm", { seq: 3 }));
      const more = say.signal(signal("candidates", { seq: 4 }));
      call.now += 32_000;
      expect(limits(call, confirm, confirm, more)).to.deep.equal([30_000, 30_000]);
      // A request for a new path is made by a timer: it says nothing.
      expect(limits(call, say.signal(signal("restart", { seq: 5 })))).to.deep.equal([]);
    });

    it("ends after four times the limit, whatever is said", () => {
      const call = inSituation("answering");
      call.now += 110_000;
      expect(limits(call, say.signal(signal("candidates", { seq: 4 })))).to.deep.equal([10_000]);
      call.now += 10_000;
      expect(limits(call, say.signal(signal("candidates", { seq: 5 })))).to.deep.equal([]);
    });
  });

  it("does not ring where this engine cannot call, and the caller is notified", () => {
    const call = new CallScript({ unable: "encryption-unsupported" });
    expect(call.names(say.signal(samples.invite))).to.deep.equal(["report", "send end", "close"]);
  });

  it("is turned away with one word where there is another call", () => {
    const [model, effects] = rejectBusy(idleModel(settings), samples.invite, startedAt);
    expect(effects).to.deep.equal([
      { type: "send", seq: 0, body: { type: "end", reason: "busy" } },
      { type: "close", reason: "busy" },
    ]);
    expect(model.record).to.include({ outcome: "missed", direction: "incoming" });
  });

  it("keeps a confirm that comes before its own work is done, and checks it then", () => {
    const call = inSituation("answering");
    const confirm = signal("confirm", { seq: 1 });
    expect(call.names(say.signal(confirm))).to.deep.equal(["start-timer connect"]);
    const effects = call.do(say.answerReady());
    const { nonce, mac } = confirm;
    expect(effects.at(-1)).to.deep.equal({ type: "check-confirm", confirm: { nonce, mac } });
    expect(call.model.keys.earlyConfirm).to.equal(null);
  });

  it("checks no second confirm once the first was right", () => {
    const call = inSituation("the callee with keys");
    call.do(say.signal(signal("confirm", { seq: 1 })), say.confirmed);
    expect(call.names(say.signal(signal("confirm", { seq: 2 })))).to.deep.equal([
      "start-timer connect",
    ]);
  });
});
