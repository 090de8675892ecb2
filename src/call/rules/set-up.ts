import type { SignalMessage, SignalOf } from "../../signalling/messages.ts";
import type { CallEffect, CallEvent } from "../events.ts";
import { wantedFor } from "../state/devices.ts";
import { deviceOf, withReceived } from "../state/exchange.ts";
import { lacksProof, type KeyProof } from "../state/keys.ts";
import type { CallModel } from "../state/model.ts";
import { stuckMilliseconds } from "../state/path.ts";
import { startTrickling } from "./candidates.ts";
import { end, fail } from "./ending.ts";
import { continueFrom } from "./resumption.ts";
import { andThen, send, step, type Step } from "./step.ts";

/** An invitation older than this does not ring. Milliseconds. */
export const inviteLifetime = 60_000;
/** How long the devices and the offer may take before the invitation leaves. Milliseconds. */
const dialMilliseconds = 60_000;
/** How long the two sides may need from accept to a path. Milliseconds. */
const connectMilliseconds = 30_000;

/** From accept on, until there is a path. */
const connectTimers: readonly CallEffect[] = [
  { type: "start-timer", name: "connect", milliseconds: connectMilliseconds },
  { type: "start-timer", name: "stuck", milliseconds: stuckMilliseconds },
];

/** The caller dials: its devices open and its offer is made at the same time, and nothing has left yet. */
export function dial(
  model: CallModel,
  event: Extract<CallEvent, { type: "start" }>,
  now: number,
): Step {
  const { callId, media, resumed, replaces = null } = event;
  const fresh: CallModel = {
    ...model,
    state: "inviting",
    identity: { ...model.identity, direction: "outgoing", callId, media, replaces },
    times: { ...model.times, startedAt: now },
    devices: { ...model.devices, wanted: wantedFor(media) },
  };
  const dialled = resumed === undefined ? fresh : continueFrom(fresh, resumed);
  const { unable } = model.settings;
  if (unable !== null) return fail(dialled, unable, now);
  return step(
    dialled,
    { type: "prepare-offer", callId, media },
    ...openWanted(dialled),
    // A person may never answer the question for the microphone.
    { type: "start-timer", name: "ring", milliseconds: dialMilliseconds },
  );
}

/** A person chooses, before accepting, whether the caller may learn this device's address. */
export function hideAddress(model: CallModel, on: boolean): Step {
  if (model.state !== "incoming" || model.settings.mayHideAddress !== true) return step(model);
  return step(
    { ...model, settings: { ...model.settings, relayOnly: on } },
    { type: "hide-address", on },
  );
}

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

/** The callee is invited: it rings, unless the invitation is too old. */
export function ring(model: CallModel, invite: SignalOf<"invite">, now: number): Step {
  const { settings } = model;
  if (now - invite.sentAt > inviteLifetime) {
    const missed = invited(model, invite, invite.sentAt);
    return end(missed, { reason: "unanswered", by: "none", problem: null }, null, now);
  }
  const ringing = invited(model, invite, now);
  if (settings.unable !== null) return fail(ringing, settings.unable, now);
  const kept: CallModel = {
    ...ringing,
    exchange: { ...ringing.exchange, receivedInvite: invite, commitment: invite.commitment },
  };
  return andThen(send(kept, { type: "ringing" }), (sent) =>
    step(
      sent,
      { type: "prepare-answer", invite },
      { type: "start-timer", name: "ring", milliseconds: settings.ringMilliseconds },
    ),
  );
}

function invited(model: CallModel, invite: SignalOf<"invite">, startedAt: number): CallModel {
  const { callId, media, sentAt } = invite;
  return {
    ...model,
    state: "incoming",
    exchange: { ...model.exchange, peer: deviceOf(invite), sentAt },
    identity: { ...model.identity, direction: "incoming", callId, media },
    times: { ...model.times, startedAt },
  };
}

/** The callee is in another call, and its host wants no second one: the caller is told, and here it is a missed call. */
export function rejectBusy(model: CallModel, invite: SignalOf<"invite">, now: number): Step {
  const rejected = withReceivedMessage(invited(model, invite, now), invite);
  return end(rejected, { reason: "busy", by: "local", problem: null }, "busy", now);
}

/** Remembers that a message of the other side was received. */
export function withReceivedMessage(model: CallModel, message: SignalMessage): CallModel {
  return { ...model, exchange: withReceived(model.exchange, message) };
}

/** The callee accepts. The answer waits for no device: the tracks join when the devices have opened. */
export function accept(
  model: CallModel,
  { media, resumed }: Extract<CallEvent, { type: "accept" }>,
  now: number,
): Step {
  const { exchange, devices, keys } = model;
  const invite = exchange.receivedInvite;
  if (invite === null) return step(model);
  const fresh: CallModel = {
    ...model,
    state: "connecting",
    exchange: { ...exchange, receivedInvite: null, acceptedAt: now },
    keys: { ...keys, needsProof: true },
    devices: { ...devices, wanted: wantedFor(media) },
  };
  const accepted = resumed === undefined ? fresh : continueFrom(fresh, resumed);
  return step(
    accepted,
    { type: "stop-timer", name: "ring" },
    { type: "answer", invite, media },
    ...openWanted(accepted),
    ...connectTimers,
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

/** The time for a path is over. A path that is there lacks the caller's proof. */
export function connectTimedOut(model: CallModel, now: number): Step {
  return fail(model, lacksProof(model) ? "insecure" : "timed-out", now);
}

/** It has rung long enough. */
export function ringTimedOut(model: CallModel, now: number): Step {
  // Nobody was called yet: this side's own devices did not open.
  if (model.identity.direction === "outgoing" && !model.exchange.isInviteSent)
    return fail(model, "timed-out", now);
  return end(model, { reason: "unanswered", by: "none", problem: null }, "unanswered", now);
}

/** Before the invitation left, the call waits for the microphone, and does not start where that fails. */
export function microphoneChanged(model: CallModel, now: number): Step {
  const { state, problem } = model.devices.local.microphone;
  const isWaiting = model.state === "inviting" && !model.exchange.isInviteSent;
  return isWaiting && state === "failed"
    ? fail(model, problem ?? "internal", now)
    : inviteWhenReady(model, now);
}

/** The devices of a call that begins. */
function openWanted({ devices, hold }: CallModel): CallEffect[] {
  const wanted = hold.local
    ? []
    : (["microphone", "camera"] as const).filter((device) => devices.wanted[device]);
  return wanted.map((device) => ({ type: "set-device", device, on: true }));
}
