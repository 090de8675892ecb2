import { expect } from "@open-wc/testing";
import * as kit from "sx-call-kit";
import { aProtection } from "../../stories/support/snapshots.ts";
import type { SxFactEvent } from "../../src/events/sx-event.ts";

const callId = "c3RvcmllcyBhbmQgdGVzdA";
const message = { protocol: "sx-call/1", callId, seq: 0, type: "ringing" } as const;

const facts: SxFactEvent<unknown>[] = [
  new kit.SxSignalEvent({ message }),
  new kit.SxStateChangedEvent({ state: "connected", previous: "connecting" }),
  new kit.SxProtectionChangedEvent({ protection: aProtection("one-way") }),
  new kit.SxSecurityCodeCheckedEvent({ match: true, code: "41 31 01 52 20 63 09" }),
  new kit.SxIncomingEvent({ callId, media: "video" }),
  new kit.SxCallWaitingEvent({ callId, media: "audio" }),
  new kit.SxCallHeldEvent({ callId, held: true, by: "remote" }),
  new kit.SxCallEndedEvent({ record: {} as kit.CallRecord }),
  new kit.SxErrorEvent({ code: "bad-signal", message: "A field is missing." }),
  new kit.SxConnectionCheckedEvent({ report: {} as kit.ConnectionReport }),
  new kit.SxPermissionNeededEvent({ device: "camera" }),
  new kit.SxMenuOpenEvent({ open: true }),
];

const intents: (
  | kit.SxIntent
  | kit.SxChooseRouteEvent
  | kit.SxSetVolumeEvent
  | kit.SxPauseScreenEvent
  | kit.SxChangeScreenEvent
  | kit.SxTestSpeakerEvent
  | kit.SxOpenCallEvent
  | kit.SxPictureInPictureEvent
)[] = [
  new kit.SxAcceptEvent({ media: "audio" }),
  new kit.SxDeclineEvent(),
  new kit.SxIgnoreEvent(),
  new kit.SxHangUpEvent(),
  new kit.SxHideAddressEvent({ on: true }),
  new kit.SxResumeEvent({ callId }),
  new kit.SxToggleMicrophoneEvent(),
  new kit.SxToggleCameraEvent(),
  new kit.SxFlipCameraEvent(),
  new kit.SxChooseDeviceEvent({ device: "microphone", id: "one" }),
  new kit.SxSwitchVoiceEvent({ feature: "noiseSuppression", on: false }),
  new kit.SxToggleScreenEvent(),
  new kit.SxCheckCodeEvent({ match: false }),
  new kit.SxCallBackEvent({ media: "video" }),
  new kit.SxCloseEvent(),
  new kit.SxHoldEvent(),
  new kit.SxScreenActionEvent({ action: "fit" }),
  new kit.SxPictureInPictureEvent({ on: true }),
  new kit.SxChooseRouteEvent({ id: "earpiece" }),
  new kit.SxOpenCallEvent({ callId }),
  new kit.SxSetVolumeEvent({ volume: 0.5, of: "call" }),
  new kit.SxTestSpeakerEvent(),
  new kit.SxPauseScreenEvent({ on: true }),
  new kit.SxChangeScreenEvent(),
];

describe("events", () => {
  it("have the names that hosts rely on", () => {
    expect(facts.map(({ type }) => type)).to.deep.equal([
      "sx-signal",
      "sx-state-changed",
      "sx-protection-changed",
      "sx-security-code-checked",
      "sx-incoming",
      "sx-call-waiting",
      "sx-call-held",
      "sx-call-ended",
      "sx-error",
      "sx-connection-checked",
      "sx-permission-needed",
      "sx-menu-open",
    ]);
    expect(intents.map(({ type }) => type)).to.deep.equal([
      "sx-accept",
      "sx-decline",
      "sx-ignore",
      "sx-hang-up",
      "sx-hide-address",
      "sx-resume",
      "sx-toggle-microphone",
      "sx-toggle-camera",
      "sx-flip-camera",
      "sx-choose-device",
      "sx-switch-voice",
      "sx-toggle-screen",
      "sx-check-code",
      "sx-call-back",
      "sx-close",
      "sx-hold",
      "sx-screen-action",
      "sx-picture-in-picture",
      "sx-choose-route",
      "sx-open-call",
      "sx-set-volume",
      "sx-test-speaker",
      "sx-pause-screen",
      "sx-change-screen",
    ]);
  });

  it("are custom events that leave every shadow tree on their way up", () => {
    for (const event of [...facts, ...intents]) {
      expect(event, event.type).to.be.instanceOf(CustomEvent);
      expect([event.bubbles, event.composed], event.type).to.deep.equal([true, true]);
    }
  });

  it("can be prevented where a person asks for something, not where something has happened", () => {
    for (const event of facts) expect(event.cancelable, event.type).to.be.false;
    for (const event of intents) expect(event.cancelable, event.type).to.be.true;
  });

  it("carry their data in `detail`", () => {
    expect(facts[0]?.detail).to.deep.equal({ message });
    expect(facts[1]?.detail).to.deep.equal({ state: "connected", previous: "connecting" });
    expect(facts[2]?.detail).to.deep.equal({ protection: aProtection("one-way") });
    expect(facts[3]?.detail).to.deep.equal({ match: true, code: "41 31 01 52 20 63 09" });
    expect(facts[4]?.detail).to.deep.equal({ callId, media: "video" });
    expect(facts[8]?.detail).to.deep.equal({ code: "bad-signal", message: "A field is missing." });
    expect(facts[9]?.detail).to.deep.equal({ report: {} });
    expect(intents[0]?.detail).to.deep.equal({ media: "audio" });
    expect([facts[5]?.detail, facts[6]?.detail]).to.deep.equal([
      { callId, media: "audio" },
      { callId, held: true, by: "remote" },
    ]);
    expect(intents[1]?.detail).to.be.null;
    expect(new kit.SxDeclineEvent({ callId }).detail).to.deep.equal({ callId });
    expect(new kit.SxIgnoreEvent({ callId }).detail).to.deep.equal({ callId });
  });

  it("know their name without being made", () => {
    for (const event of [...facts, ...intents]) {
      expect((event.constructor as unknown as { eventName: string }).eventName).to.equal(
        event.type,
      );
    }
  });
});
