import type { CallEffect } from "../events.ts";
import { wanting } from "../state/devices.ts";
import type { CallModel } from "../state/model.ts";
import type { DeviceName } from "../terms.ts";
import { andThen, sendControl, step, type Step } from "./step.ts";

const deviceNames = ["microphone", "camera", "screen"] as const;

/**
 * Puts the call on hold: this side sends and plays no media. Keys, path and connection remain, so that resuming is immediate.
 * Requested devices are remembered, except screen sharing, which requires a person's choice each time (W3C Screen Capture
 * section 5.1).
 */
export function hold(model: CallModel): Step {
  if (!isRunning(model) || model.hold.local) return step(model);
  const { local, wanted } = model.devices;
  const held: CallModel = {
    ...model,
    hold: { ...model.hold, local: true },
    devices: wanting(model.devices, "screen", false),
  };
  const open = deviceNames.filter((name) => wanted[name] || local[name].state === "on");
  return andThen(sendHold(held), (sent) => step(sent, ...setDevices(open, false)));
}

/** Resumes the call with the requested devices. */
export function resume(model: CallModel): Step {
  if (!isRunning(model) || !model.hold.local) return step(model);
  const resumed: CallModel = { ...model, hold: { ...model.hold, local: false } };
  const wanted = deviceNames.filter((name) => model.devices.wanted[name]);
  return andThen(sendControl(resumed, { type: "hold", on: false }), (sent) =>
    step(sent, ...setDevices(wanted, true)),
  );
}

/** Records the other side's hold for the screen. */
export function heldByPeer(model: CallModel, on: boolean): Step {
  return model.hold.remote === on
    ? step(model)
    : step({ ...model, hold: { ...model.hold, remote: on } });
}

/** Sends the hold to the other side, also when the channel opens later. */
export function sendHold(model: CallModel): Step {
  return model.hold.local ? sendControl(model, { type: "hold", on: true }) : step(model);
}

function setDevices(names: readonly DeviceName[], on: boolean): CallEffect[] {
  return names.map((device) => ({ type: "set-device", device, on }));
}

function isRunning({ state }: CallModel): boolean {
  return state === "connected" || state === "reconnecting";
}
