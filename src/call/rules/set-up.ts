import type { SignalOf } from "../../signalling/messages.ts";
import type { CallEvent } from "../events.ts";
import { deviceOf } from "../state/exchange.ts";
import type { KeyProof } from "../state/keys.ts";
import type { CallModel } from "../state/model.ts";
import { startTrickling } from "./candidates.ts";
import { fail } from "./ending.ts";
import { connectTimers } from "./ringing.ts";
import { andThen, send, step, type Step } from "./step.ts";

/** The caller's offer is made. */
export function offerReady(
  model: CallModel,
  { offer, keys, commitment }: Extract<CallEvent, { type: "offer-ready" }>,
  now: number,
): Step {
  const { media, replaces } = model.identity;
  const former = formerOf(model);
  const preparedInvite = {
    ...({ type: "invite", media, offer, keys, commitment } as const),
    ...(former !== null && { resumes: former }),
    ...(replaces?.nonce && { formerNonce: replaces.nonce }),
  };
  return inviteWhenReady({ ...model, exchange: { ...model.exchange, preparedInvite } }, now);
}

/** The call that this one takes the place of, by the name that its invitation says. */
function formerOf({ identity: { resumed, replaces } }: CallModel): string | null {
  return resumed?.callId ?? replaces?.callId ?? null;
}

/**
 * Sends the invitation once the offer is made and the microphone is open. Nobody's phone rings for a call in which the caller
 * could not speak; a camera that is missing or slow does not hold it up. A caller who is muted, by a tap or since before the page was
 * loaded anew, has chosen that.
 */
function inviteWhenReady(model: CallModel, now: number): Step {
  const { exchange, devices, settings } = model;
  const { preparedInvite, isInviteSent } = exchange;
  const { state } = devices.local.microphone;
  const isMuted = state === "off" && !devices.wanted.microphone;
  const canSpeak = state === "on" || isMuted;
  if (preparedInvite === null || isInviteSent || !canSpeak) return step(model);
  const inviting: CallModel = {
    ...model,
    exchange: { ...exchange, preparedInvite: null, isInviteSent: true, sentAt: now },
  };
  return andThen(send(inviting, { ...preparedInvite, sentAt: now }), (sent) =>
    step(sent, { type: "start-timer", name: "ring", milliseconds: settings.ringMilliseconds }),
  );
}

/** The callee's answer is made: it leaves, and from now on candidates may. */
export function sendAnswer(
  model: CallModel,
  { body, media }: Extract<CallEvent, { type: "answer-ready" }>,
): Step {
  const agreed: CallModel = { ...model, keys: { ...model.keys, isAgreed: true } };
  const answered = send(agreed, { type: "accept", media, ...body });
  return andThen(andThen(answered, startTrickling), (sent) => {
    const { earlyConfirm } = sent.keys;
    return earlyConfirm === null
      ? step(sent)
      : checkConfirm({ ...sent, keys: { ...sent.keys, earlyConfirm: null } }, earlyConfirm);
  });
}

/** The callee has accepted: the caller applies the answer, and its candidates leave at the same moment. */
export function accepted(model: CallModel, message: SignalOf<"accept">): Step {
  const peer = deviceOf(message);
  const { sentAt } = model.exchange;
  // Those of other devices that accept are of no use: this call is with the first.
  const early = model.candidates.early
    .filter(({ device }) => device === peer.id)
    .map(({ candidate }) => candidate);
  const left = model.candidates.left - early.length;
  const connecting: CallModel = {
    ...model,
    state: "connecting",
    exchange: { ...model.exchange, peer },
    candidates: { ...model.candidates, early: [], left },
  };
  const addEarly =
    early.length > 0 ? ([{ type: "add-candidates", candidates: early }] as const) : [];
  return andThen(
    step(
      connecting,
      { type: "stop-timer", name: "ring" },
      { type: "apply-answer", accept: message, sentAt: sentAt ?? 0, resumes: formerOf(model) },
      ...addEarly,
      ...connectTimers,
    ),
    startTrickling,
  );
}

/** The caller's proof that it has the same keys; the callee keeps one that comes before its own work is done. */
export function checkConfirm(model: CallModel, { nonce, mac }: KeyProof): Step {
  const { keys, identity } = model;
  const confirm = { nonce, mac };
  if (identity.direction !== "incoming" || keys.isConfirmed || keys.isChecking) return step(model);
  if (!keys.isAgreed) return step({ ...model, keys: { ...keys, earlyConfirm: confirm } });
  const checking: CallModel = { ...model, keys: { ...keys, isChecking: true } };
  return step(checking, { type: "check-confirm", confirm });
}

/** Before the invitation left, the call waits for the microphone, and does not start where that fails. */
export function microphoneChanged(model: CallModel, now: number): Step {
  const { state, problem } = model.devices.local.microphone;
  const isWaiting = model.state === "inviting" && !model.exchange.isInviteSent;
  return isWaiting && state === "failed"
    ? fail(model, problem ?? "internal", now)
    : inviteWhenReady(model, now);
}
