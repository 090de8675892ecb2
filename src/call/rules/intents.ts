import type { CallErrorCode } from "../../errors.ts";
import type { CallIntent, Intent } from "../events.ts";
import type { CallSnapshot } from "../snapshot.ts";
import type { CallAction } from "../terms.ts";
import { canChoose } from "./devices.ts";

type IntentOf<T extends CallIntent["type"]> = Extract<CallIntent, { type: T }>;

/** State of a call for an intent: its snapshot, and the error of the last device selection. */
export interface IntentScene {
  readonly snapshot: CallSnapshot;
  readonly choiceProblem: CallErrorCode | null;
}

/** Result of an intent: `pending`, an error code, or `null` for success. */
export type IntentResult = "pending" | CallErrorCode | null;

/** Required action and result of each intent. An intent without a result succeeds at once. */
type IntentRules = {
  readonly [T in CallIntent["type"]]: {
    readonly action: CallAction | ((intent: IntentOf<T>) => CallAction);
    /** Returns `true` where the target of the intent exists. */
    readonly exists?: (snapshot: CallSnapshot, intent: IntentOf<T>) => boolean;
    readonly result?: (scene: IntentScene, intent: IntentOf<T>) => IntentResult;
  };
};

const rules: IntentRules = {
  accept: {
    action: "accept",
    result: ({ snapshot: { state, step, ending } }) =>
      // One that still rings has asked its caller whether it waits.
      state === "incoming" || (state === "connecting" && step === "keys")
        ? "pending"
        : (ending?.problem ?? null),
  },
  decline: { action: "decline" },
  ignore: { action: "ignore" },
  "hang-up": { action: "hang-up" },
  "set-device": {
    action: ({ device }) => `toggle-${device}`,
    result: ({ snapshot }, { device, on }) =>
      on ? isOn(snapshot, device) : isOff(snapshot, device),
  },
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
  "hide-address": { action: "hide-address" },
};

/** Returns `true` for an intent of a single call. */
export function isCallIntent(intent: Intent): intent is CallIntent {
  return intent.type in rules;
}

/** Returns `true` where the call can perform the intent. Values from a host may be no intent. */
export function isPossible<T extends CallIntent["type"]>(
  intent: IntentOf<T>,
  snapshot: CallSnapshot,
): boolean {
  if (!isCallIntent(intent)) return false;
  const { action, exists }: IntentRules[T] = rules[intent.type];
  const needed = typeof action === "string" ? action : action(intent);
  return snapshot.actions.includes(needed) && (exists?.(snapshot, intent) ?? true);
}

/** Returns the present result of an intent. */
export function resultOf<T extends CallIntent["type"]>(
  intent: IntentOf<T>,
  scene: IntentScene,
): IntentResult {
  const rule: IntentRules[T] = rules[intent.type];
  return rule.result?.(scene, intent) ?? null;
}

function isOn(
  { state, local }: CallSnapshot,
  device: "microphone" | "camera" | "screen",
): IntentResult {
  if (state === "ended") return "not-possible";
  const status = local[device];
  if (status.state === "starting") return "pending";
  // The system has it, and nobody here can change that.
  if (status.state === "interrupted") return "device-busy";
  // Without a problem it was turned off while it opened.
  return status.state === "on" ? null : (status.problem ?? "not-possible");
}

function isOff(
  { state, local }: CallSnapshot,
  device: "microphone" | "camera" | "screen",
): IntentResult {
  const isOpen = ["starting", "on", "interrupted"].includes(local[device].state);
  return isOpen && state !== "ended" ? "pending" : null;
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
