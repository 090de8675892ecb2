import type { CallEvent } from "../events.ts";
import { wanting, type Devices } from "../state/devices.ts";
import type { CallModel } from "../state/model.ts";
import { noSensing } from "../state/sensing.ts";
import type { DeviceName } from "../terms.ts";
import { andThen, sendMediaState, step, type Step } from "./step.ts";

const lists = { microphone: "microphones", camera: "cameras", speaker: "speakers" } as const;

/** Requests a device on or off. The result arrives as `device-changed`, which the screen shows. */
export function setDevice(model: CallModel, device: DeviceName, on: boolean): Step {
  const { state, devices, settings } = model;
  const isInCall = state === "connected" || state === "reconnecting";
  const isSetUp = state === "inviting" || state === "ringing" || state === "connecting";
  const isAllowed =
    device === "screen" ? isInCall && (!on || settings.canShareScreen) : isInCall || isSetUp;
  // A held call keeps its devices: the requested state returns with the call.
  if (!isAllowed || model.hold.local) return step(model);
  // Compared with the last request, because the device may still be opening.
  if (devices.wanted[device] === on) return step(model);
  const wanted = { ...model, devices: wanting(devices, device, on) };
  return step(wanted, { type: "set-device", device, on });
}

/** Handles a changed device: the snapshot shows it here, and the data channel reports it to the other side. */
export function deviceChanged(
  model: CallModel,
  { device, status, facing }: Extract<CallEvent, { type: "device-changed" }>,
): Step {
  // A device that failed, or that the browser's own controls turned off, is no longer requested. A hold turns all devices off
  // without a request.
  const isWanted = status.state === "starting" || status.state === "on";
  const devices = model.hold.local ? model.devices : wanting(model.devices, device, isWanted);
  const local = {
    ...devices.local,
    [device]: status,
    ...(device === "camera" ? { facing } : {}),
  };
  // Earlier measurements belong to another device or state.
  const changed = { ...model, devices: { ...devices, local }, sensing: noSensing };
  const { problem } = status;
  return andThen(sendMediaState(changed), (sent) =>
    status.state === "failed" && problem !== null
      ? step(sent, { type: "report", code: problem })
      : step(sent),
  );
}

/** Requests a device selection or voice processing. The result arrives as `devices-listed`. */
export function choose(
  model: CallModel,
  event: Extract<CallEvent, { type: "choose-device" | "set-voice" }>,
): Step {
  if (!canChoose(model.devices, event)) return step(model);
  return step({ ...model, devices: { ...model.devices, choiceProblem: null } }, event);
}

/** Returns `true` where the device or the voice processing is available. */
export function canChoose(
  { available, voice }: Pick<Devices, "available" | "voice">,
  event: Extract<CallEvent, { type: "choose-device" | "set-voice" }>,
): boolean {
  if (event.type === "set-voice") return voice[event.feature] !== null;
  const { device, id } = event;
  const isSystemSpeaker = device === "speaker" && id === "";
  return isSystemSpeaker || available[lists[device]].some((one) => one.id === id);
}
