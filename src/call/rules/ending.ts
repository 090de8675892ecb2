import type { CallErrorCode } from "../../errors.ts";
import { unreachable } from "../../errors.ts";
import { deviceOff } from "../state/model.ts";
import type { CallModel } from "../state/model.ts";
import { judgeProtection } from "../state/protection.ts";
import type { ProtectionStatus } from "../state/protection.ts";
import { vouchedBy } from "../record.ts";
import type { CallOutcome, CallRecord } from "../record.ts";
import type { CallEnding, EndReason } from "../snapshot.ts";
import { send, step, then } from "./step.ts";
import type { Step } from "./step.ts";

/**
 * Ends a call.
 *
 * @param ending why, and by whom.
 * @param tell the reason to tell the other side; `null` where it knows already or must not be told.
 */
export function end(
  model: CallModel,
  ending: CallEnding,
  tell: EndReason | null,
  now: number,
): Step {
  const told = tell === null ? takeBackReplaced(model) : send(model, { type: "end", reason: tell });
  return then(told, (before) => {
    const after: CallModel = {
      ...before,
      state: "ended",
      endedAt: now,
      ending,
      record: record(before, ending, now),
      // A call that came to a path after all did not end over the wait for it.
      isStuck: before.isStuck && before.state === "connecting",
      // Set-up data and addresses have no business in a call that is over.
      preparedInvite: null,
      invite: null,
      heldCandidates: [],
      earlyCandidates: [],
      earlyConfirm: null,
      reconnection: null,
      held: { local: false, remote: false },
      controlOpen: false,
      local: { microphone: deviceOff, camera: deviceOff, screen: deviceOff, facing: null },
      remote: { known: false, microphone: false, camera: false, screen: false },
    };
    return step(after, { type: "close", farewell: tell });
  });
}

/** Ends a call that broke, and says why on both sides. */
export function fail(model: CallModel, code: CallErrorCode, now: number): Step {
  // The other side hears of a call only through an invitation that left, or one that it sent.
  const known = model.invited || model.direction === "incoming";
  const ended = end(
    model,
    { reason: "failed", by: "none", problem: code },
    known ? "failed" : null,
    now,
  );
  return then(step(model, { type: "report", code }), () => ended);
}

/**
 * Tells the other side that nobody calls it any more, where it may have heard of a call that it has not accepted.
 *
 * @param reason what it is told.
 */
export function takeBack(model: CallModel, reason: EndReason): Step {
  const isDialling =
    model.direction === "outgoing" && (model.state === "inviting" || model.state === "ringing");
  if (!isDialling) return step(model);
  return model.invited ? send(model, { type: "end", reason }) : takeBackReplaced(model);
}

/** A call that is dialled anew rings there until the new invitation is heard: where that has never left, it has to be ended itself. */
function takeBackReplaced(model: CallModel): Step {
  if (model.invited || model.replaces === null) return step(model);
  // Its invitation, the number 0, is all that was said of it.
  return step(model, {
    type: "send",
    seq: 1,
    body: { type: "end", reason: "cancelled" },
    callId: model.replaces,
  });
}

/** The word for hanging up in this state: before the two sides are connected it is a call that did not come about. */
export function hangUpReason(model: CallModel): EndReason {
  return model.connectedAt === null ? "cancelled" : "hung-up";
}

function record(model: CallModel, ending: CallEnding, now: number): CallRecord {
  const { connectedAt } = model;
  return {
    callId: model.callId,
    direction: model.resumed?.direction ?? model.direction,
    media: model.media,
    outcome: outcome(model, ending),
    startedAt: model.startedAt ?? now,
    ...(connectedAt === null ? {} : { connectedAt }),
    endedAt: now,
    // Clocks can be set back in a call; a duration cannot be negative.
    durationSeconds: connectedAt === null ? 0 : Math.max(0, Math.floor((now - connectedAt) / 1000)),
    protection: recordedProtection(model),
    ...vouchedBy(model.verification),
    relayed: model.measurements.at(-1)?.relayed ?? null,
    reconnections: model.reconnections,
  };
}

function outcome(model: CallModel, { reason }: CallEnding): CallOutcome {
  if (reason === "failed") return "failed";
  if (model.connectedAt !== null) return "completed";
  const incoming = model.direction === "incoming";
  const wasAccepted = model.state === "connecting";
  switch (reason) {
    case "declined":
    case "busy":
      return incoming && reason === "busy" ? "missed" : reason;
    case "answered-elsewhere":
      return reason;
    case "unanswered":
      return incoming ? "missed" : "unanswered";
    case "hung-up":
    case "cancelled":
      return incoming && !wasAccepted ? "missed" : "cancelled";
    default:
      return unreachable(reason);
  }
}

/** The weakest protection that media had. A pause is not a weakness: what was sent before it was encrypted. */
function recordedProtection(model: CallModel): ProtectionStatus {
  if (model.everTampered) return "tampered";
  if (model.everProtected) return model.encryption === "compatible" ? "compatible" : "protected";
  return judgeProtection(model.measurements, model.encryption).status;
}
