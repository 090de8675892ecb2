import type {
  CallAction,
  CallEnding,
  CallMedia,
  CallRecord,
  CallSnapshot,
  CallStateName,
  DeviceList,
  DeviceStatus,
  DirectionProtection,
  ProtectionReport,
  ProtectionStatus,
} from "sx-call-kit";
import { noDevices } from "../../src/call/state/devices.ts";

const device = (state: DeviceStatus["state"]): DeviceStatus => ({ state, problem: null });

/** Actions in each state of a call, as in real calls. */
const actions: Record<CallStateName, readonly CallAction[]> = {
  idle: [],
  inviting: ["hang-up", "toggle-microphone", "toggle-camera"],
  ringing: ["hang-up", "toggle-microphone", "toggle-camera"],
  incoming: ["accept", "decline", "ignore"],
  connecting: ["hang-up", "toggle-microphone", "toggle-camera"],
  connected: [
    "hang-up",
    "hold",
    "toggle-microphone",
    "toggle-camera",
    "check-code",
    "flip-camera",
    "toggle-screen",
  ],
  reconnecting: [
    "hang-up",
    "hold",
    "toggle-microphone",
    "toggle-camera",
    "check-code",
    "flip-camera",
    "toggle-screen",
  ],
  ended: ["call-back"],
};

/** Devices as a desk has them: the built-in ones are in use. */
export const aDeviceList: DeviceList = {
  microphones: [
    { id: "built-in-microphone", label: "Built-in microphone" },
    { id: "headset-microphone", label: "Headset" },
  ],
  cameras: [
    { id: "built-in-camera", label: "Built-in camera" },
    { id: "usb-camera", label: "USB camera" },
  ],
  speakers: [
    { id: "built-in-speaker", label: "Built-in speaker" },
    { id: "headset-speaker", label: "Headset" },
  ],
  microphone: "built-in-microphone",
  camera: "built-in-camera",
  speaker: null,
};

/** 20 November 2026, 14:05 local time: what the clock says in every story and test. */
export const now = new Date(2026, 10, 20, 14, 5).getTime();

/** A security code: an anchor, a rainbow, a turtle and a guitar, and three more. */
export const aCode: readonly number[] = [41, 31, 1, 52, 20, 63, 9];

const directions: Record<
  ProtectionStatus,
  readonly [sending: DirectionProtection, receiving: DirectionProtection]
> = {
  none: ["none", "none"],
  protected: ["protected", "protected"],
  "one-way": ["protected", "none"],
  stalled: ["protected", "stalled"],
  tampered: ["protected", "tampered"],
  compatible: ["compatible", "compatible"],
  transport: ["transport", "transport"],
  unencrypted: ["unencrypted", "unencrypted"],
};

/** Returns a typical measurement for a protection status. */
export function aProtection(status: ProtectionStatus): ProtectionReport {
  const [sending, receiving] = directions[status];
  const isCounted = (direction: DirectionProtection) =>
    !["none", "transport", "unencrypted"].includes(direction);
  const sealed = isCounted(sending) ? 21_480 : 0;
  const opened = isCounted(receiving) ? 21_377 : 0;
  return {
    status,
    sending,
    receiving,
    cipher: cipherOf(status),
    sealed,
    opened,
    duplicate: opened > 0 ? 12 : 0,
    forged: status === "tampered" ? 318 : 0,
    since: opened > 0 ? now - 754_000 : null,
  };
}

function cipherOf(status: ProtectionStatus): string | null {
  if (["none", "transport", "unencrypted"].includes(status)) return null;
  return status === "compatible" ? "AES_256_GCM" : "AES_256_GCM_SHA512_128 · X25519 + ML-KEM-768";
}

/** A plain snapshot of a call in one state, as it usually looks; `changes` make it special. */
export function aSnapshot(
  state: CallStateName,
  media: CallMedia = "video",
  changes: Partial<CallSnapshot> = {},
): CallSnapshot {
  const running = state === "connected" || state === "reconnecting";
  const over = state === "ended";
  const startedAt = state === "idle" ? null : now - 760_000;
  const connectedAt = running || over ? now - 754_000 : null;
  return {
    state,
    asOf: now,
    callId: state === "idle" ? null : "c3RvcmllcyBhbmQgdGVzdA",
    direction: state === "idle" ? null : state === "incoming" ? "incoming" : "outgoing",
    media,
    startedAt,
    connectedAt,
    endedAt: over ? now : null,
    step: state === "connecting" ? "path" : null,
    local: {
      microphone: device(state === "idle" || state === "incoming" || over ? "off" : "on"),
      camera: device(
        media === "video" && !["idle", "incoming", "ended"].includes(state) ? "on" : "off",
      ),
      screen: device("off"),
      facing: media === "video" ? "user" : null,
    },
    devices: noDevices.available,
    voice: { noiseSuppression: null, voiceIsolation: null },
    hints: [],
    remote: running
      ? { known: true, microphone: true, camera: media === "video", screen: false }
      : { known: false, microphone: false, camera: false, screen: false },
    held: { local: false, remote: false },
    protection: aProtection(running ? "protected" : "none"),
    securityCode: running ? aCode : null,
    verification: { local: null, remote: null },
    relayed: running || over ? false : null,
    exposesAddress: state === "incoming" || running,
    quality: null,
    stuck: null,
    reconnection:
      state === "reconnecting"
        ? { since: now - 4000, until: now + 26_000, attempts: 1, trying: "ask" }
        : null,
    reconnections: 0,
    ending: over ? { reason: "hung-up", by: "remote", problem: null } : null,
    actions: actions[state].filter((action) => media === "video" || action !== "flip-camera"),
    record: over ? aRecord({ media }) : null,
    ...changes,
  };
}

/** A connected call that one side, or both, has put on hold. */
export function aHeldCall(
  held: CallSnapshot["held"],
  media: CallMedia = "audio",
  changes: Partial<CallSnapshot> = {},
): CallSnapshot {
  const snapshot = aSnapshot("connected", media, { held, ...changes });
  if (!held.local)
    return {
      ...snapshot,
      remote: { known: true, microphone: false, camera: false, screen: false },
    };
  const local = {
    microphone: device("off"),
    camera: device("off"),
    screen: device("off"),
    facing: null,
  };
  return { ...snapshot, local, actions: ["hang-up", "resume"] };
}

/** Returns a waiting call. */
export function aWaitingCall(
  media: CallMedia = "audio",
  changes: Partial<CallSnapshot> = {},
): CallSnapshot {
  return aSnapshot("incoming", media, { callId: "d2FpdGluZyBjYWxsISEhIQ", ...changes });
}

/** Returns a held call. */
export function aCallAside(changes: Partial<CallSnapshot> = {}): CallSnapshot {
  return aHeldCall({ local: true, remote: false }, "audio", {
    callId: "aGVsZCBjYWxsIGFzaWRlIQ",
    ...changes,
  });
}

/** An ended call, ended so. Only a call that was hung up had been connected. */
export function anEnding(
  ending: CallEnding,
  media: CallMedia = "audio",
  changes: Partial<CallSnapshot> = {},
): CallSnapshot {
  const snapshot = aSnapshot("ended", media, { ending, ...changes });
  if (ending.reason === "hung-up") return snapshot;
  return {
    ...snapshot,
    connectedAt: null,
    record: aRecord({ media, outcome: "failed", durationSeconds: 0, protection: "none" }),
  };
}

/** A chat item of a call. */
export function aRecord(changes: Partial<CallRecord> = {}): CallRecord {
  return {
    callId: "c3RvcmllcyBhbmQgdGVzdA",
    direction: "outgoing",
    media: "video",
    outcome: "completed",
    startedAt: now - 760_000,
    connectedAt: now - 754_000,
    endedAt: now,
    durationSeconds: 754,
    protection: "protected",
    relayed: false,
    reconnections: 0,
    ...changes,
  };
}
