import type { CallEffect } from "../events.ts";
import { wanting } from "../state/devices.ts";
import type { CallModel } from "../state/model.ts";
import type { DeviceName } from "../terms.ts";
import { andThen, sendControl, step, type Step } from "./step.ts";

const deviceNames = ["microphone", "camera", "screen"] as const;

/**
 * A person is in another call: this side sends nothing and plays nothing. Keys, path and connection stay as they are, so that the
 * call is back at once. What was wanted of the devices is remembered, and screen sharing is over: it needs a person's choice each
 * time (W3C Screen Capture section 5.1).
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

/** The call goes on as it was: with the devices that were wanted. */
export function resume(model: CallModel): Step {
  if (!isRunning(model) || !model.hold.local) return step(model);
  const resumed: CallModel = { ...model, hold: { ...model.hold, local: false } };
  const wanted = deviceNames.filter((name) => model.devices.wanted[name]);
  return andThen(sendControl(resumed, { type: "hold", on: false }), (sent) =>
    step(sent, ...setDevices(wanted, true)),
  );
}

/** The other side reports whether it holds the call. Nothing here depends on it but what the screen shows. */
export function heldByPeer(model: CallModel, on: boolean): Step {
  return model.hold.remote === on
    ? step(model)
    : step({ ...model, hold: { ...model.hold, remote: on } });
}

/** Tells the other side of a hold: also when the channel opens after it. */
export function sendHold(model: CallModel): Step {
  return model.hold.local ? sendControl(model, { type: "hold", on: true }) : step(model);
}

function setDevices(names: readonly DeviceName[], on: boolean): CallEffect[] {
  return names.map((device) => ({ type: "set-device", device, on }));
}

function isRunning({ state }: CallModel): boolean {
  return state === "connected" || state === "reconnecting";
}
