import type { CallEvent, CallIntent, Intent } from "../events.ts";
import type { CallSnapshot } from "../snapshot.ts";
import type { Devices } from "../state/devices.ts";
import {
  isOn,
  ringingIntents,
  type IntentOf,
  type IntentResult,
  type IntentRules,
  type IntentScene,
  type RunningIntents,
} from "./intents.ts";

const lists = { microphone: "microphones", camera: "cameras", speaker: "speakers" } as const;

/** Rules of the intents that only a call with its devices can perform. */
export const runningIntents: RunningIntents = {
  "flip-camera": {
    action: "flip-camera",
    // The camera is `starting` while it changes.
    result: ({ snapshot }) => isOn(snapshot, "camera"),
  },
  "pause-screen": { action: "toggle-screen", exists: sharesScreen },
  "change-screen": { action: "toggle-screen", exists: sharesScreen },
  "choose-device": { action: "toggle-microphone", exists: isAvailable, result: isChosen },
  "set-voice": {
    action: ({ feature }) => (feature === "backgroundBlur" ? "toggle-camera" : "toggle-microphone"),
    exists: isAvailable,
    result: isChosen,
  },
  "check-code": { action: "check-code" },
  hold: {
    action: "hold",
    // Succeeds once every device is closed.
    result: ({ snapshot }) =>
      hasDevice(snapshot, "starting", "on", "interrupted") ? "pending" : null,
  },
  resume: {
    action: "resume",
    result: ({ snapshot }) => (hasDevice(snapshot, "starting") ? "pending" : null),
  },
};

const allIntents: IntentRules = { ...ringingIntents, ...runningIntents };

/** Returns `true` for an intent of a single call. */
export function isCallIntent(intent: Intent): intent is CallIntent {
  return intent.type in allIntents;
}

/** Returns `true` where the device or the voice processing is available. */
export function canChoose(
  { available, voice }: Pick<Devices, "available" | "voice">,
  event: Extract<CallEvent, { type: "choose-device" | "set-voice" }>,
): boolean {
  if (event.type === "set-voice") return (voice[event.feature] ?? null) !== null;
  const { device, id } = event;
  if (id === null) return device === "speaker" && available.canAskForSpeaker === true;
  const isSystemSpeaker = device === "speaker" && id === "";
  return isSystemSpeaker || available[lists[device]].some((one) => one.id === id);
}

function sharesScreen({ local }: CallSnapshot): boolean {
  return local.screen.state === "on";
}

function isAvailable(
  { devices: available, voice }: CallSnapshot,
  intent: IntentOf<"choose-device" | "set-voice">,
): boolean {
  return canChoose({ available, voice }, intent);
}

/** Succeeds once the device or the voice processing is in use. A camera that is off is selected for later. */
function isChosen(
  { snapshot, choiceProblem }: IntentScene,
  intent: IntentOf<"choose-device" | "set-voice">,
): IntentResult {
  const { state, devices, local, voice } = snapshot;
  if (choiceProblem !== null || state === "ended") return choiceProblem;
  if (intent.type === "set-voice") {
    const isOnNow = voice[intent.feature] ?? null;
    return isOnNow === intent.on || isOnNow === null ? null : "pending";
  }
  const { device, id } = intent;
  // A person answers the browser, or closes its window.
  if (id === null) return null;
  if (device === "speaker") return (devices.speaker ?? "") === id ? null : "pending";
  const isLater = devices[device] === null && local[device].state !== "starting";
  return devices[device] === id || isLater ? null : "pending";
}

function hasDevice({ state, local }: CallSnapshot, ...states: string[]): boolean {
  const { microphone, camera, screen } = local;
  return (
    state !== "ended" && [microphone, camera, screen].some((one) => states.includes(one.state))
  );
}
