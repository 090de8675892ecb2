import type { CallModel } from "../state/model.ts";
import { isBlack, withSense, type Sense } from "../state/sensing.ts";
import type { CaptureHint } from "../terms.ts";
import { step, type Step } from "./step.ts";

/*
 * What a person does not notice of the own devices: that they speak and are muted, that the microphone gives nothing, that the
 * camera shows nothing. A false alarm is worse than a miss: whoever is told three times that nobody hears them, and is heard,
 * does not read it the fourth time.
 */

/** What to measure of this side's devices. */
export interface SensingPlan {
  /** `voice`: whether somebody speaks who is muted; `silence`: whether the microphone gives anything at all. */
  readonly microphone: "voice" | "silence" | null;
  /** Whether the camera gives a picture: each look costs, so that one that did is looked at less often. */
  readonly camera: "closely" | "rarely" | null;
}

/** What to measure now: of a call that runs, nothing on hold, and only what a person takes for working. */
export function sensingPlan({ state, hold, devices, sensing }: CallModel): SensingPlan {
  if ((state !== "connected" && state !== "reconnecting") || hold.local)
    return { microphone: null, camera: null };
  const { microphone, camera } = devices.local;
  // Voice isolation gives silence to whoever does not speak.
  const whileOn = devices.voice.voiceIsolation === true ? null : "silence";
  return {
    microphone: microphone.state === "off" ? "voice" : microphone.state === "on" ? whileOn : null,
    camera: camera.state !== "on" ? null : sensing.black === 0 ? "rarely" : "closely",
  };
}

/** A device was measured. A measurement of a device as it was before is dropped. */
export function sensed(model: CallModel, sense: Sense): Step {
  const plan = sensingPlan(model);
  const isWanted = sense.of === "picture" ? plan.camera !== null : plan.microphone === sense.of;
  return step(isWanted ? { ...model, sensing: withSense(model.sensing, sense) } : model);
}

/** What a person should be told now. */
export function hintsOf(model: CallModel): CaptureHint[] {
  const plan = sensingPlan(model);
  const { isSpeaking, isSilent } = model.sensing;
  return [
    ...(plan.microphone === "voice" && isSpeaking ? (["speaking-while-muted"] as const) : []),
    ...(plan.microphone === "silence" && isSilent ? (["microphone-silent"] as const) : []),
    ...(plan.camera !== null && isBlack(model.sensing) ? (["camera-black"] as const) : []),
  ];
}
