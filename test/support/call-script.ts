import type { CallEffect, CallEvent } from "../../src/call/events.ts";
import type { CallMedia, TimerName } from "../../src/call/terms.ts";
import type { Measurement, TrackMeasurement } from "../../src/call/state/protection.ts";
import { type CallModel, idleModel, type CallSettings } from "../../src/call/state/model.ts";
import type { ResumedCall } from "../../src/call/state/identity.ts";
import type { DeviceStatus } from "../../src/call/state/devices.ts";
import { transition } from "../../src/call/rules/transition.ts";
import type { SignalMessage } from "../../src/signalling/messages.ts";
import { callId, candidate, description, otherCallId, signal, zeros } from "./signals.ts";

export const settings: CallSettings = {
  ringMilliseconds: 60_000,
  reconnectMilliseconds: 30_000,
  relayOnly: false,
  canShareScreen: true,
  unable: null,
};
export const startedAt = 1_000_000;

export const on: DeviceStatus = { state: "on", problem: null };
export const starting: DeviceStatus = { state: "starting", problem: null };
export const off: DeviceStatus = { state: "off", problem: null };
export const interrupted: DeviceStatus = { state: "interrupted", problem: null };
export const refused: DeviceStatus = { state: "failed", problem: "permission-denied" };

export const securityCode: readonly number[] = [1, 2, 3, 4, 5, 6, 63];

/** A call that was connected before a page was loaded anew. */
export const aResumedCall: ResumedCall = {
  callId: otherCallId,
  direction: "incoming",
  startedAt: startedAt - 70_000,
  connectedAt: startedAt - 60_000,
  talked: 60_000,
  reconnections: 2,
  wanted: { microphone: true, camera: false, screen: false },
  isHeld: false,
  isHidden: false,
};

/** The events that a call is made of, by what they say. */
export const say = {
  start: (media: CallMedia = "audio") => ({ type: "start", callId, media }) as const,
  signal: (message: SignalMessage) => ({ type: "signal", message }) as const,
  device: (device: "microphone" | "camera" | "screen", status: DeviceStatus) =>
    ({ type: "device-changed", device, status, facing: null }) as const,
  /** A list of one microphone, one speaker and so many cameras. */
  listed: (cameras: number) =>
    ({
      type: "devices-listed",
      devices: {
        microphones: [{ id: "microphone", label: "" }],
        cameras: Array.from({ length: cameras }, (_, index) => ({
          id: `camera ${index}`,
          label: "",
        })),
        speakers: [{ id: "speaker", label: "" }],
        microphone: "microphone",
        camera: null,
        speaker: null,
      },
      voice: { noiseSuppression: true, voiceIsolation: null },
    }) as const,
  offerReady: {
    type: "offer-ready",
    offer: description(),
    keys: { x25519: zeros(32), mlkem768: zeros(1184) },
    commitment: zeros(64),
  },
  answerReady: (media: CallMedia = "audio") =>
    ({
      type: "answer-ready",
      media,
      body: {
        answer: description(),
        keys: { x25519: zeros(32), mlkem768: zeros(1088) },
        nonce: zeros(32),
        mac: zeros(64),
      },
    }) as const,
  answerVerified: { type: "answer-verified", nonce: zeros(32), mac: zeros(64), securityCode },
  confirmed: { type: "confirmed", securityCode },
  found: (count = 1, end = false) =>
    ({
      type: "candidates-found",
      candidates: Array.from({ length: count }, () => candidate),
      end,
    }) as const,
  path: (path: CallModel["path"]["state"]) => ({ type: "path-changed", path }) as const,
  restartReady: (attempt: number) =>
    ({
      type: "restart-ready",
      message: { type: "restart", attempt, offer: description() },
    }) as const,
  restartAnswerReady: (attempt: number) =>
    ({
      type: "restart-ready",
      message: { type: "restart-answer", attempt, answer: description() },
    }) as const,
  timer: (name: TimerName) => ({ type: "timer", name }) as const,
  measured: (measurement: Measurement) => ({ type: "measured", measurement }) as const,
} as const satisfies Record<string, CallEvent | ((...parameters: never[]) => CallEvent)>;

/** A measurement with these counts on one track and none on the others. */
export function measurement(
  counts: Partial<TrackMeasurement>,
  relayed: boolean | null = false,
  searching = false,
): Measurement {
  const none = { left: 0, arrived: 0, sealed: 0, opened: 0, duplicate: 0, forged: 0 };
  const tracks = ([0, 1, 2, 3] as const).map((track) => ({
    track,
    ...none,
    ...(track === (counts.track ?? 0) ? counts : {}),
  }));
  return { tracks, relayed, searching };
}

/** A call that a test leads through its events, its models frozen so that no rule can change what it was given. */
export class CallScript {
  model: CallModel;
  now = startedAt;
  /** Everything that was to be done so far. */
  readonly effects: CallEffect[] = [];

  constructor(changes: Partial<CallSettings> = {}) {
    this.model = freeze(idleModel({ ...settings, ...changes }));
  }

  /** @returns the effects of these events. */
  do(...events: readonly CallEvent[]): CallEffect[] {
    const all: CallEffect[] = [];
    for (const event of events) {
      const [model, effects] = transition(this.model, freeze(event), this.now);
      this.model = freeze(model);
      all.push(...effects);
    }
    this.effects.push(...all);
    return all;
  }

  /** The names of the effects of these events, those of messages with the message's type. */
  names(...events: readonly CallEvent[]): string[] {
    // The senders' limits come with every change of the media, and proofs with every new path: they have tests of their own.
    const effects = this.do(...events)
      .filter((effect, at, all) => !isRepeatedProof(effect, all.slice(0, at)))
      .filter(({ type }) => type !== "limit-senders");
    return effects.map((effect) => {
      if (effect.type === "send") return `send ${effect.body.type}`;
      if (effect.type === "set-device")
        return `set-device ${effect.device} ${effect.on ? "on" : "off"}`;
      return "name" in effect ? `${effect.type} ${effect.name}` : effect.type;
    });
  }
}

/** Every situation that a call can be in, with the events that lead there. */
const toInvited = [say.start(), say.offerReady, say.device("microphone", on)];
const toRinging = [...toInvited, say.signal(signal("ringing"))];
const toAccepted = [...toRinging, say.signal(signal("accept", { seq: 1 }))];
const toCallerConnected = [...toAccepted, say.answerVerified, say.path("connected")];
const toIncoming = [say.signal(signal("invite"))];
const toAnswering = [...toIncoming, { type: "accept", media: "audio" } as const];
const toCalleeConnected = [...toAnswering, say.answerReady(), say.confirmed, say.path("connected")];

export const situations = {
  idle: [],
  dialling: [say.start("video")],
  inviting: toInvited,
  ringing: toRinging,
  accepted: toAccepted,
  "the caller with keys": [...toAccepted, say.answerVerified],
  "the caller with a path": [...toAccepted, say.path("connected")],
  "the caller connected": toCallerConnected,
  "the caller reconnecting": [...toCallerConnected, say.path("disconnected")],
  incoming: toIncoming,
  answering: toAnswering,
  "the callee with keys": [...toAnswering, say.answerReady()],
  "the callee connected": toCalleeConnected,
  "the caller on hold": [...toCallerConnected, { type: "control-opened" }, { type: "hold" }],
  "the callee held by the caller": [
    ...toCalleeConnected,
    { type: "control-opened" },
    { type: "control", message: { type: "hold", on: true } },
  ],
  "the callee reconnecting": [...toCalleeConnected, say.path("failed")],
  ended: [...toCallerConnected, { type: "hang-up" }],
} as const satisfies Record<string, readonly CallEvent[]>;

export type Situation = keyof typeof situations;
export const situationNames = Object.keys(situations) as Situation[];

export function inSituation(situation: Situation, changes: Partial<CallSettings> = {}): CallScript {
  const script = new CallScript(changes);
  script.do(...situations[situation]);
  return script;
}

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}

/** A proof that follows a path that is back, or the answer to an offer of a new one. */
function isRepeatedProof(effect: CallEffect, before: readonly CallEffect[]): boolean {
  const isProof =
    (effect.type === "send" && effect.body.type === "confirm") ||
    (effect.type === "send-control" && effect.message.type === "confirm");
  return (
    isProof &&
    before.some(
      (each) =>
        each.type === "apply-restart-answer" ||
        (each.type === "stop-timer" && each.name === "reconnect"),
    )
  );
}
