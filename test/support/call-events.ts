import type { CallEvent } from "../../src/call/events.ts";
import {
  aResumedCall,
  interrupted,
  measurement,
  off,
  on,
  refused,
  say,
  starting,
} from "./call-script.ts";
import { candidate, otherCallId, signal, signalTypes } from "./signals.ts";

/** Events of every type, some of each in several forms: the compiler sees to it that no type is missing. */
const byType: { readonly [T in CallEvent["type"]]: readonly Extract<CallEvent, { type: T }>[] } = {
  start: [say.start("audio"), say.start("video"), { ...say.start("audio"), resumed: aResumedCall }],
  withdraw: [{ type: "withdraw" }],
  slept: [
    { type: "slept", milliseconds: 0 },
    { type: "slept", milliseconds: 7_200_000 },
  ],
  leave: [
    { type: "leave", canResume: false },
    { type: "leave", canResume: true },
  ],
  stay: [{ type: "stay" }],
  "cipher-started": [{ type: "cipher-started", sealedIn: "page" }],
  accept: [
    { type: "accept", media: "audio" },
    { type: "accept", media: "video" },
    { type: "accept", media: "audio", resumed: { ...aResumedCall, isHeld: true } },
  ],
  decline: [{ type: "decline" }],
  ignore: [{ type: "ignore" }],
  "hang-up": [{ type: "hang-up" }],
  "set-device": (["microphone", "camera", "screen"] as const).flatMap((device) => [
    { type: "set-device", device, on: true } as const,
    { type: "set-device", device, on: false } as const,
  ]),
  "hide-address": [
    { type: "hide-address", on: true },
    { type: "hide-address", on: false },
  ],
  "flip-camera": [{ type: "flip-camera" }],
  "pause-screen": [true, false].map((on) => ({ type: "pause-screen", on }) as const),
  "change-screen": [{ type: "change-screen" }],
  hold: [{ type: "hold" }],
  resume: [{ type: "resume" }],
  elsewhere: [
    { type: "elsewhere", reason: "answered-elsewhere" },
    { type: "elsewhere", reason: "declined" },
  ],
  "check-code": [
    { type: "check-code", match: true },
    { type: "check-code", match: false },
  ],
  signal: [
    ...signalTypes.flatMap((type) => [0, 1, 7].map((seq) => say.signal(signal(type, { seq })))),
    ...signalTypes.map((type) => say.signal(signal(type, { callId: otherCallId }))),
    say.signal(signal("invite", { seq: 9, sentAt: 0 })),
    say.signal(signal("ringing", { seq: 10, check: true })),
    say.signal(signal("candidates", { seq: 9, candidates: [] })),
  ],
  "network-changed": [{ type: "network-changed" }],
  seen: [{ type: "seen" }],
  "restart-ready": [say.restartReady(1), say.restartReady(2), say.restartAnswerReady(1)],
  "restart-failed": [{ type: "restart-failed", code: "bad-signal" }],
  control: [
    ...(["confirm", "restart", "restart-answer", "candidates"] as const).map(
      (type) => ({ type: "control", message: signal(type) }) as const,
    ),
    { type: "control", message: { type: "media", microphone: true, camera: true, screen: true } },
    {
      type: "control",
      message: {
        ...{ type: "media", microphone: false, camera: false, screen: false },
        starting: ["camera", "camera", "toString"],
      },
    },
    { type: "control", message: { type: "away" } },
    { type: "control", message: { type: "hold", on: true } },
    { type: "control", message: { type: "hold", on: false } },
    { type: "control", message: { type: "code", match: true } },
    { type: "control", message: { type: "code", match: false } },
    { type: "control", message: { type: "end", reason: "hung-up" } },
  ],
  "offer-ready": [say.offerReady],
  "answer-ready": [say.answerReady()],
  "answer-verified": [say.answerVerified],
  confirmed: [say.confirmed],
  "candidates-found": [
    say.found(),
    say.found(20, true),
    { type: "candidates-found", candidates: [candidate], end: true },
  ],
  "path-changed": (["new", "connecting", "connected", "disconnected", "failed"] as const).map(
    say.path,
  ),
  "control-opened": [{ type: "control-opened" }],
  "device-changed": (["microphone", "camera", "screen"] as const).flatMap((device) =>
    [off, starting, on, interrupted, refused].map((status) => say.device(device, status)),
  ),
  "choose-device": [
    { type: "choose-device", device: "microphone", id: "none" },
    { type: "choose-device", device: "speaker", id: "" },
  ],
  "set-voice": [{ type: "set-voice", feature: "noiseSuppression", on: false }],
  "devices-listed": [say.listed(2)],
  "choice-failed": [{ type: "choice-failed", code: "device-busy" }],
  sensed: [
    { type: "sensed", sense: { of: "voice", at: 1_000_000, level: 0.3, remote: 0 } },
    { type: "sensed", sense: { of: "silence", at: 1_000_000, level: 0 } },
    { type: "sensed", sense: { of: "picture", light: 0, variance: 0 } },
  ],
  "frame-opened": [{ type: "frame-opened", track: 0 }],
  measured: [
    say.measured(measurement({})),
    say.measured(measurement({ left: 50, sealed: 50, arrived: 50, opened: 50 })),
    say.measured(measurement({ left: 50, sealed: 0 })),
    say.measured(measurement({ sealed: 50, opened: 50, forged: 50 }, true)),
  ],
  "quality-sampled": [
    { type: "quality-sampled", sample: { at: 1_000_000, tracks: [], path: null } },
  ],
  "server-failed": [
    { type: "server-failed", failure: { server: "turn:turn.example:3478", code: 401 } },
  ],
  timer: (["ring", "connect", "stuck", "reconnect", "restart"] as const).map(say.timer),
  failed: [
    { type: "failed", code: "insecure" },
    { type: "failed", code: "internal" },
  ],
};

export const allEvents: readonly CallEvent[] = Object.values(byType).flat();
