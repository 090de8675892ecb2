import type { ControlMessage } from "../../signalling/control.ts";
import type { SignalBody } from "../../signalling/messages.ts";
import type { CallEffect } from "../events.ts";
import type { CallModel } from "../state/model.ts";

/** Result of one event: the next model, and its effects in order. */
export type Step = readonly [CallModel, readonly CallEffect[]];

/** Returns a step with effects. */
export function step(model: CallModel, ...effects: CallEffect[]): Step {
  return [model, effects];
}

/** Chains two steps with their effects in order. */
export function andThen([model, effects]: Step, next: (model: CallModel) => Step): Step {
  const [nextModel, nextEffects] = next(model);
  return [nextModel, [...effects, ...nextEffects]];
}

/** Sends a message to the other side over the host's channel. */
export function send(model: CallModel, body: SignalBody): Step {
  const { exchange } = model;
  const sent = { ...model, exchange: { ...exchange, nextSeq: exchange.nextSeq + 1 } };
  return step(sent, { type: "send", seq: exchange.nextSeq, body });
}

/** Sends a message on the data channel, where it is open. */
export function sendControl(model: CallModel, message: ControlMessage): Step {
  return model.path.isControlOpen ? step(model, { type: "send-control", message }) : step(model);
}

/** Sends the caller's key proof on the data channel. It is idempotent for the callee, whose call waits for it. */
export function sendProof(model: CallModel): Step {
  const { ownProof } = model.keys;
  return ownProof === null ? step(model) : sendControl(model, { type: "confirm", ...ownProof });
}

/** Sends the other side the state of this side's devices. */
export function sendMediaState(model: CallModel): Step {
  const { local } = model.devices;
  const { microphone, camera, screen } = local;
  const starting = (["microphone", "camera", "screen"] as const).filter(
    (device) => local[device].state === "starting",
  );
  return sendControl(model, {
    type: "media",
    microphone: microphone.state === "on",
    camera: camera.state === "on",
    screen: screen.state === "on",
    ...(starting.length > 0 && { starting }),
  });
}
