import type { SignalOf, SignalMessage } from "../../signalling/messages.ts";
import type { CallEvent } from "../events.ts";
import { deviceOf } from "../state/exchange.ts";
import type { KeyProof } from "../state/keys.ts";
import type { CallModel } from "../state/model.ts";
import { startTrickling } from "./connection.ts";
import {
  startConnecting,
  receiveWhileConnecting,
  isWaitingFor,
  withReceivedMessage,
} from "./invitation.ts";
import { andThen, send, step, type Step } from "./step.ts";
import * as reconnection from "./reconnection.ts";

/** Handles the caller's created offer. */
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

/** Returns the id of the replaced call for the invitation. */
function formerOf({ identity: { resumed, replaces } }: CallModel): string | null {
  return resumed?.callId ?? replaces?.callId ?? null;
}

/**
 * Sends the invitation once the offer is ready and the microphone is open, so that no call rings whose caller cannot speak. A
 * missing or slow camera does not delay it. A muted caller has chosen to be.
 */
export function inviteWhenReady(model: CallModel, now: number): Step {
  const { exchange, devices, settings } = model;
  const { preparedInvite, isInviteSent } = exchange;
  const { state } = devices.local.microphone;
  const isMuted = state === "off" && !devices.wanted.microphone;
  const canSpeak = state === "on" || isMuted;
  if (preparedInvite === null || isInviteSent || !canSpeak) return step(model);
  const inviting: CallModel = {
    ...model,
    exchange: {
      ...exchange,
      preparedInvite: null,
      isInviteSent: true,
      sentAt: now,
      ringsUntil: now + settings.ringMilliseconds,
    },
  };
  const ringFor = Math.round(settings.ringMilliseconds);
  return andThen(send(inviting, { ...preparedInvite, sentAt: now, ringFor }), (sent) =>
    step(sent, { type: "start-timer", name: "ring", milliseconds: settings.ringMilliseconds }),
  );
}

/** Sends the callee's answer, after which candidates may be sent. */
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

/** Handles the callee's accept: applies the answer and starts sending candidates. */
export function accepted(model: CallModel, message: SignalOf<"accept">, now: number): Step {
  const peer = deviceOf(message);
  const { sentAt } = model.exchange;
  // Candidates of other accepting devices are dropped: the call is with the first one.
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
    andThen(
      step(
        connecting,
        { type: "stop-timer", name: "ring" },
        { type: "apply-answer", accept: message, sentAt: sentAt ?? 0, resumes: formerOf(model) },
        ...addEarly,
      ),
      (next) => startConnecting(next, 1, now),
    ),
    startTrickling,
  );
}

/** Handles the caller's key confirmation. The callee keeps one that arrives before its own work is done. */
export function checkConfirm(model: CallModel, { nonce, mac }: KeyProof): Step {
  const { keys, identity } = model;
  const confirm = { nonce, mac };
  if (identity.direction !== "incoming" || keys.isConfirmed || keys.isChecking) return step(model);
  if (!keys.isAgreed) return step({ ...model, keys: { ...keys, earlyConfirm: confirm } });
  const checking: CallModel = { ...model, keys: { ...keys, isChecking: true } };
  return step(checking, { type: "check-confirm", confirm });
}

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
      return isWaiting ? accepted(received, message, now) : step(received);
    case "confirm":
      if (state === "incoming") return step(received);
      return andThen(receiveWhileConnecting(received, message, now), (next) =>
        checkConfirm(next, message),
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
