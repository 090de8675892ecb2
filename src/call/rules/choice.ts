import type { CallEvent } from "../events.ts";
import type { CallModel } from "../state/model.ts";
import { step } from "./step.ts";
import type { Step } from "./step.ts";

const lists = { microphone: "microphones", camera: "cameras", speaker: "speakers" } as const;

/** Whether a camera is on, or on its way there. */
export function hasCamera({ local }: Pick<CallModel, "local">): boolean {
  return local.camera.state === "on" || local.camera.state === "starting";
}

/** A person chooses a device, or what is done to the voice. What has become of it comes back as `devices-listed`. */
export function choose(
  model: CallModel,
  event: Extract<CallEvent, { type: "choose-device" | "switch-voice" }>,
): Step {
  if (!canChoose(model, event)) return step(model);
  return step({ ...model, choiceProblem: null }, event);
}

/** Whether there is such a device, or such a switch. */
export function canChoose(
  { devices, voice }: Pick<CallModel, "devices" | "voice">,
  event: Extract<CallEvent, { type: "choose-device" | "switch-voice" }>,
): boolean {
  if (event.type === "switch-voice") return voice[event.feature] !== null;
  const { device, id } = event;
  return (device === "speaker" && id === "") || devices[lists[device]].some((one) => one.id === id);
}
