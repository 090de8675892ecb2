import type { CallErrorCode } from "../../errors.ts";
import { unreachable } from "../../errors.ts";
import { verifiedField } from "../record.ts";
import type { CallEnding, CallOutcome, CallRecord } from "../record.ts";
import { devicesOff, noRemoteMedia } from "../state/devices.ts";
import { type CallModel, noHold } from "../state/model.ts";
import { originalDirection } from "../state/identity.ts";
import { isRelayed, weakestProtection } from "../state/protection.ts";
import { talkUntil } from "../state/times.ts";
import type { EndReason } from "../terms.ts";
import { andThen, send, sendControl, step, type Step } from "./step.ts";

/**
 * Ends a call.
 *
 * @param ending reason and side.
 * @param sentReason reason to send to the other side; `null` to send nothing.
 */
export function end(
  model: CallModel,
  ending: CallEnding,
  sentReason: EndReason | null,
  now: number,
): Step {
  const sent =
    sentReason === null
      ? withdrawReplaced(model)
      : send(model, { type: "end", reason: sentReason });
  return andThen(sent, (before) =>
    step(ended(before, ending, now), { type: "close", reason: sentReason }),
  );
}

/** Drops set-up data and addresses from an ended call. */
function ended(model: CallModel, ending: CallEnding, now: number): CallModel {
  const { exchange, candidates, keys, path, devices, reconnection } = model;
  const times = { ...talkUntil(model.times, model.protection.measurements, now), endedAt: now };
  return {
    ...model,
    state: "ended",
    times,
    ending,
    record: record({ ...model, times }, ending, now),
    exchange: { ...exchange, preparedInvite: null, receivedInvite: null, asking: null },
    candidates: { ...candidates, held: [], early: [] },
    keys: { ...keys, earlyConfirm: null, ownProof: null },
    path: {
      ...path,
      isControlOpen: false,
      // A call that found a path later did not end because of it.
      isStuck: path.isStuck && model.state === "connecting",
    },
    reconnection: { ...reconnection, current: null },
    hold: noHold,
    devices: { ...devices, local: devicesOff },
    remote: noRemoteMedia,
  };
}

/** Ends a call with an error on both sides. */
export function fail(model: CallModel, code: CallErrorCode, now: number): Step {
  const sentReason = isKnownToPeer(model) ? "failed" : null;
  const failed = end(model, { reason: "failed", by: "none", problem: code }, sentReason, now);
  return andThen(step(model, { type: "report", code }), () => failed);
}

/** Ends a call on a person's request. */
export function hangUp(model: CallModel, now: number): Step {
  if (model.state === "idle") return step(model);
  // Before connecting it counts as declined or cancelled.
  const unaccepted = model.state === "incoming" ? "declined" : "cancelled";
  const reason = model.times.connectedAt === null ? unaccepted : "hung-up";
  const sentReason = isKnownToPeer(model) ? reason : null;
  return end(model, { reason, by: "local", problem: null }, sentReason, now);
}

/**
 * The page goes, and the call with it: nobody is left here to be heard. A call that may be resumed announces that and stays as it is: the page may
 * not go after all. What rings here rings on: the person may have other pages, and this one may be loaded anew.
 */
export function leave(model: CallModel, canResume: boolean, now: number): Step {
  const isRunning = model.state === "connected" || model.state === "reconnecting";
  if (isRunning && canResume)
    return andThen(sendControl(model, { type: "away" }), (next) => send(next, { type: "away" }));
  return model.state === "incoming" ? step(model) : hangUp(model, now);
}

/** Returns `true` where the other side knows the call: an invitation was sent or received. */
function isKnownToPeer({ exchange, identity }: CallModel): boolean {
  return exchange.isInviteSent || identity.direction === "incoming";
}

/** Withdraws the invitation of a call that the other side may know and has not accepted. */
export function withdraw(model: CallModel): Step {
  const isDialling = model.state === "inviting" || model.state === "ringing";
  if (!isDialling || model.identity.direction !== "outgoing") return step(model);
  return model.exchange.isInviteSent
    ? send(model, { type: "end", reason: "cancelled" })
    : withdrawReplaced(model);
}

/**
 * A replaced call rings on the other side until the new invitation arrives. If that was never sent, the replaced call is ended
 * itself.
 */
function withdrawReplaced(model: CallModel): Step {
  const { replaces } = model.identity;
  if (model.exchange.isInviteSent || replaces === null) return step(model);
  // Its invitation, with number 0, was its only message.
  const body = { type: "end", reason: "cancelled" } as const;
  return step(model, { type: "send", seq: 1, body, callId: replaces.callId });
}

function record(model: CallModel, ending: CallEnding, now: number): CallRecord {
  const { identity, times, keys, protection, reconnection } = model;
  const { connectedAt } = times;
  return {
    callId: identity.callId,
    direction: originalDirection(identity),
    media: identity.media,
    outcome: outcome(model, ending),
    startedAt: times.startedAt ?? now,
    ...(connectedAt === null ? {} : { connectedAt }),
    endedAt: now,
    durationSeconds: Math.floor(times.talked / 1000),
    protection: weakestProtection(protection, identity.encryption),
    ...verifiedField(keys.verification),
    relayed: isRelayed(protection),
    reconnections: reconnection.count,
  };
}

function outcome({ state, identity, times }: CallModel, { reason }: CallEnding): CallOutcome {
  if (reason === "failed") return "failed";
  if (times.connectedAt !== null) return "completed";
  const isIncoming = identity.direction === "incoming";
  const wasAccepted = state === "connecting";
  switch (reason) {
    case "declined":
    case "busy":
      return isIncoming && reason === "busy" ? "missed" : reason;
    case "answered-elsewhere":
      return reason;
    case "unanswered":
      return isIncoming ? "missed" : "unanswered";
    case "hung-up":
    case "cancelled":
      return isIncoming && !wasAccepted ? "missed" : "cancelled";
    default:
      return unreachable(reason);
  }
}

/** Handles the time limit of ringing. */
export function ringTimedOut(model: CallModel, now: number): Step {
  // No invitation was sent: this side's own devices did not open.
  if (model.identity.direction === "outgoing" && !model.exchange.isInviteSent)
    return fail(model, "timed-out", now);
  return end(model, { reason: "unanswered", by: "none", problem: null }, "unanswered", now);
}
