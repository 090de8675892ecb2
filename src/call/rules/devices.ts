import { wanting } from "../state/devices.ts";
import type { CallModel } from "../state/model.ts";
import type { DeviceName } from "../terms.ts";
import { step, type Step } from "./step.ts";

/** Requests a device on or off. The result arrives as `device-changed`, which the screen shows. */
export function setDevice(model: CallModel, device: DeviceName, on: boolean): Step {
  const { state, devices, settings } = model;
  const isInCall = state === "connected" || state === "reconnecting";
  const isSetUp = state === "inviting" || state === "ringing" || state === "connecting";
  const isAllowed =
    device === "screen" ? isInCall && (!on || settings.canShareScreen) : isInCall || isSetUp;
  // A held call keeps its devices: the requested state returns with the call.
  if (!isAllowed || model.hold.local) return step(model);
  // Compared with the last request, because the device may still be opening. One that the system has taken is asked for again.
  const isTaken = on && devices.local[device].state === "interrupted";
  if (devices.wanted[device] === on && !isTaken) return step(model);
  const wanted = { ...model, devices: wanting(devices, device, on) };
  return step(wanted, { type: "set-device", device, on });
}
