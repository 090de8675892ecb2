import type { CallEffect } from "../events.ts";
import type { CallModel } from "../state/model.ts";
import { sendControl, step, then } from "./step.ts";
import type { Step } from "./step.ts";

const devices = ["microphone", "camera", "screen"] as const;

/**
 * A person is in another call: this side sends nothing and plays nothing. Keys, path and connection stay as they are, so that the
 * call is back at once. What was wished of the devices is remembered, and what was shared of the screen is over: it needs a
 * person's choice each time (W3C Screen Capture section 5.1).
 */
export function hold(model: CallModel): Step {
  if (!isRunning(model) || model.held.local) return step(model);
  const { wishes } = model;
  const held: CallModel = {
    ...model,
    held: { ...model.held, local: true },
    wishes: { ...wishes, screen: false },
  };
  const off = devices.filter((device) => wishes[device] || model.local[device].state === "on");
  return then(tellHold(held), (told) =>
    step(told, ...off.map((device): CallEffect => ({ type: "switch", device, on: false }))),
  );
}

/** The call goes on as it was: with the devices that were wished for. */
export function resume(model: CallModel): Step {
  if (!isRunning(model) || !model.held.local) return step(model);
  const resumed: CallModel = { ...model, held: { ...model.held, local: false } };
  const on = devices.filter((device) => model.wishes[device]);
  return then(sendControl(resumed, { type: "hold", on: false }), (told) =>
    step(told, ...on.map((device): CallEffect => ({ type: "switch", device, on: true }))),
  );
}

/** The other side tells whether it holds the call. Nothing here depends on it but what the screen says. */
export function holdRemotely(model: CallModel, on: boolean): Step {
  return model.held.remote === on
    ? step(model)
    : step({ ...model, held: { ...model.held, remote: on } });
}

/** Tells the other side of a hold: also when the channel opens after it. */
export function tellHold(model: CallModel): Step {
  return model.held.local ? sendControl(model, { type: "hold", on: true }) : step(model);
}

function isRunning({ state }: CallModel): boolean {
  return state === "connected" || state === "reconnecting";
}
