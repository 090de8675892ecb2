import type { SignalMessage } from "../../signalling/messages.ts";
import type { CallModel } from "../state/model.ts";
import { heardWhileConnecting, isWaitingFor, withReceivedMessage } from "./invitation.ts";
import * as reconnection from "./reconnection.ts";
import * as setUp from "./set-up.ts";
import { andThen, step, type Step } from "./step.ts";

/** Handles a message that the rules of ringing have accepted as new and as part of this call. */
export function receiveSignal(model: CallModel, message: SignalMessage, now: number): Step {
  const { state } = model;
  const received = withReceivedMessage(model, message);
  const isWaiting = isWaitingFor(model);
  switch (message.type) {
    case "ringing":
      return state === "inviting" && isWaiting && message.check !== true
        ? step({ ...received, state: "ringing" })
        : step(received);
    case "accept":
      return isWaiting ? setUp.accepted(received, message, now) : step(received);
    case "confirm":
      if (state === "incoming") return step(received);
      return andThen(heardWhileConnecting(received, message, now), (next) =>
        setUp.checkConfirm(next, message),
      );
    case "restart":
      return reconnection.receiveRestart(received, message, now);
    case "restart-answer":
      return reconnection.receiveRestartAnswer(received, message);
    case "away":
      return reconnection.peerAway(received, now);
    default:
      return step(model);
  }
}
