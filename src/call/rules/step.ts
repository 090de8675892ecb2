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
