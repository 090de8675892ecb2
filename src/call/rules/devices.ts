import type { CallEvent } from "../events.ts";
import { wanting, type Devices } from "../state/devices.ts";
import type { CallModel } from "../state/model.ts";
import { noSensing } from "../state/sensing.ts";
import type { DeviceName } from "../terms.ts";
import { andThen, sendMediaState, step, type Step } from "./step.ts";

const lists = { microphone: "microphones", camera: "cameras", speaker: "speakers" } as const;

/** A person wants a device on or off. What has become of it comes back as `device-changed`: the screen shows that. */
export function setDevice(model: CallModel, device: DeviceName, on: boolean): Step {
  const { state, devices, settings } = model;
  const isInCall = state === "connected" || state === "reconnecting";
  const isSetUp = state === "inviting" || state === "ringing" || state === "connecting";
  const isAllowed =
    device === "screen" ? isInCall && (!on || settings.canShareScreen) : isInCall || isSetUp;
  // On hold nothing changes: what was wanted before comes back with the call.
  if (!isAllowed || model.hold.local) return step(model);
  // Compared with what was wanted last, not with the device: that may still be on its way there.
  if (devices.wanted[device] === on) return step(model);
  const wanted = { ...model, devices: wanting(devices, device, on) };
  return step(wanted, { type: "set-device", device, on });
}

/** A device has changed: this side's screen learns it from the snapshot, the other side over the data channel. */
export function deviceChanged(
  model: CallModel,
  { device, status, facing }: Extract<CallEvent, { type: "device-changed" }>,
): Step {
  // A device that failed, or that the browser's own controls turned off, is not wanted any more.
  // On hold every device is off, and nobody has asked for that.
  const isWanted = status.state === "starting" || status.state === "on";
  const devices = model.hold.local ? model.devices : wanting(model.devices, device, isWanted);
  const local = {
    ...devices.local,
    [device]: status,
    ...(device === "camera" ? { facing } : {}),
  };
  // Another device, or none, or another mute: what was measured before was of something else.
  const changed = { ...model, devices: { ...devices, local }, sensing: noSensing };
  const { problem } = status;
  return andThen(sendMediaState(changed), (sent) =>
    status.state === "failed" && problem !== null
      ? step(sent, { type: "report", code: problem })
      : step(sent),
  );
}

/** A person chooses a device, or voice processing. What has become of it comes back as `devices-listed`. */
export function choose(
  model: CallModel,
  event: Extract<CallEvent, { type: "choose-device" | "set-voice" }>,
): Step {
  if (!canChoose(model.devices, event)) return step(model);
  return step({ ...model, devices: { ...model.devices, choiceProblem: null } }, event);
}

/** Whether there is such a device, or such voice processing. */
export function canChoose(
  { available, voice }: Pick<Devices, "available" | "voice">,
  event: Extract<CallEvent, { type: "choose-device" | "set-voice" }>,
): boolean {
  if (event.type === "set-voice") return voice[event.feature] !== null;
  const { device, id } = event;
  const isSystemSpeaker = device === "speaker" && id === "";
  return isSystemSpeaker || available[lists[device]].some((one) => one.id === id);
}
