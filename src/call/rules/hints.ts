import type { CallModel } from "../state/model.ts";
import { isBlack } from "../state/sensing.ts";
import type { CaptureHint } from "../terms.ts";

/*
 * Hints about own devices: speaking while muted, a silent microphone, a black camera. A false alarm is worse than a miss,
 * because people stop reading hints after false ones.
 */

/** Measurements of this side's devices. */
export interface SensingPlan {
  /** `voice` detects speech while muted; `silence` detects a microphone without sound. */
  readonly microphone: "voice" | "silence" | null;
  /** Interval of camera measurements. They are costly, so a camera that works is measured rarely. */
  readonly camera: "closely" | "rarely" | null;
}

/** Returns the present measurements: only for a running call, and only for devices that a person believes to work. */
export function sensingPlan({ state, hold, devices, sensing }: CallModel): SensingPlan {
  if ((state !== "connected" && state !== "reconnecting") || hold.local)
    return { microphone: null, camera: null };
  const { microphone, camera } = devices.local;
  // Voice isolation produces silence without speech.
  const whileOn = devices.voice.voiceIsolation === true ? null : "silence";
  return {
    microphone: microphone.state === "off" ? "voice" : microphone.state === "on" ? whileOn : null,
    camera: camera.state !== "on" ? null : sensing.black === 0 ? "rarely" : "closely",
  };
}

/** Returns the present hints. */
export function hintsOf(model: CallModel): CaptureHint[] {
  const plan = sensingPlan(model);
  const { isSpeaking, isSilent } = model.sensing;
  return [
    ...(plan.microphone === "voice" && isSpeaking ? (["speaking-while-muted"] as const) : []),
    ...(plan.microphone === "silence" && isSilent ? (["microphone-silent"] as const) : []),
    ...(plan.camera !== null && isBlack(model.sensing) ? (["camera-black"] as const) : []),
  ];
}
