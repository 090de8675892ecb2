import type { ControlMessage } from "../../signalling/control.ts";
import type { SignalBody } from "../../signalling/messages.ts";
import type { CallEffect } from "../events.ts";
import type { CallModel } from "../state/model.ts";

/** What one event makes of a call: the next model, and what is to be done, in order. */
export type Step = readonly [CallModel, readonly CallEffect[]];

/** A step with these effects. */
export function step(model: CallModel, ...effects: CallEffect[]): Step {
  return [model, effects];
}

/** One step after another, their effects in the same order. */
export function then([model, effects]: Step, next: (model: CallModel) => Step): Step {
  const [nextModel, nextEffects] = next(model);
  return [nextModel, [...effects, ...nextEffects]];
}

/** Says something to the other side over the host's channel. */
export function send(model: CallModel, body: SignalBody): Step {
  return step({ ...model, nextSeq: model.nextSeq + 1 }, { type: "send", seq: model.nextSeq, body });
}

/** Says something on the data channel, where it is open. */
export function sendControl(model: CallModel, message: ControlMessage): Step {
  return model.controlOpen ? step(model, { type: "send-control", message }) : step(model);
}

/** Tells the other side what this side's devices do. */
export function tellMedia(model: CallModel): Step {
  const { microphone, camera, screen } = model.local;
  return sendControl(model, {
    type: "media",
    microphone: microphone.state === "on",
    camera: camera.state === "on",
    screen: screen.state === "on",
  });
}
