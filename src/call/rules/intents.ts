import type { CallErrorCode } from "../../errors.ts";
import type { CallIntent } from "../events.ts";
import type { CallSnapshot } from "../snapshot.ts";
import type { CallAction } from "../terms.ts";

export type IntentOf<T extends CallIntent["type"]> = Extract<CallIntent, { type: T }>;

/** State of a call for an intent: its snapshot, and the error of the last device selection. */
export interface IntentScene {
  readonly snapshot: CallSnapshot;
  readonly choiceProblem: CallErrorCode | null;
}

/** Result of an intent: `pending`, an error code, or `null` for success. */
export type IntentResult = "pending" | CallErrorCode | null;

/** Required action and result of each intent. An intent without a result succeeds at once. */
export type IntentRules = {
  readonly [T in CallIntent["type"]]: {
    readonly action: CallAction | ((intent: IntentOf<T>) => CallAction);
    /** Returns `true` where the target of the intent exists. */
    readonly exists?: (snapshot: CallSnapshot, intent: IntentOf<T>) => boolean;
    readonly result?: (scene: IntentScene, intent: IntentOf<T>) => IntentResult;
  };
};

/** Intents of a call that rings, is dialled or connects. */
type RingingIntent = "accept" | "decline" | "ignore" | "hang-up" | "set-device" | "hide-address";

/** Rules of all other intents, which load with the rules of a running call. */
export type RunningIntents = Omit<IntentRules, RingingIntent>;

export const ringingIntents: Pick<IntentRules, RingingIntent> = {
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
  "hide-address": { action: "hide-address" },
};

/** Returns `true` where the call can perform the intent. Values from a host may be no intent. */
export function isPossible<T extends CallIntent["type"]>(
  intent: IntentOf<T>,
  snapshot: CallSnapshot,
  running?: RunningIntents,
): boolean {
  const rule = ruleOf(intent, running);
  if (rule === undefined) return false;
  const { action, exists } = rule;
  const needed = typeof action === "string" ? action : action(intent);
  return snapshot.actions.includes(needed) && (exists?.(snapshot, intent) ?? true);
}

/** Returns the present result of an intent. */
export function resultOf<T extends CallIntent["type"]>(
  intent: IntentOf<T>,
  scene: IntentScene,
  running?: RunningIntents,
): IntentResult {
  return ruleOf(intent, running)?.result?.(scene, intent) ?? null;
}

function ruleOf<T extends CallIntent["type"]>(
  { type }: IntentOf<T>,
  running?: RunningIntents,
): IntentRules[T] | undefined {
  return ({ ...ringingIntents, ...running } as Partial<IntentRules>)[type];
}

export function isOn(
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
