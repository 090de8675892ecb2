import type { SignalMessage, SignalOf } from "../../signalling/messages.ts";
import type { CallEffect, CallEvent } from "../events.ts";
import { wantedFor } from "../state/devices.ts";
import { deviceOf, isRepeated, withReceived } from "../state/exchange.ts";
import { type CallModel, continueFrom } from "../state/model.ts";
import { stuckMilliseconds } from "../state/path.ts";
import type { CallMedia, EndReason } from "../terms.ts";
import { end, fail, ringTimedOut } from "./ending.ts";
import { receiveCandidates } from "./peer-candidates.ts";
import { andThen, send, step, type Step } from "./step.ts";

/*
 * The way of `sx-call/1` to a call: an invitation is dialled, rings, is accepted, or misses its person. Other protocols have ways of
 * their own.
 */

/** Milliseconds for the caller's answer to a check, once a person could have accepted. */
const askMilliseconds = 10_000;
/** Milliseconds for devices and offer before the invitation is sent. */
const dialMilliseconds = 60_000;
/** Default milliseconds from accept to a path, since the last sign of life of the other side. */
const connectMilliseconds = 30_000;
/** Every sign of life restarts the limit, up to this multiple of it in all. */
const longestConnect = 4;

/**
 * Starts the timers from accept until there is a path.
 *
 * @param share multiple of the limit until the first sign of life of the other side.
 */
export function startConnecting(model: CallModel, share: number, now: number): Step {
  const limit = model.settings.connectMilliseconds ?? connectMilliseconds;
  const connectsUntil = now + longestConnect * limit;
  return step(
    { ...model, path: { ...model.path, connectsUntil } },
    { type: "start-timer", name: "connect", milliseconds: share * limit },
    { type: "start-timer", name: "stuck", milliseconds: stuckMilliseconds },
  );
}

/** Restarts the limit for a sign of life. Requests for a new path are sent by a timer, and are none. */
export function receiveWhileConnecting(
  model: CallModel,
  message: SignalMessage,
  now: number,
): Step {
  const { connectsUntil } = model.path;
  const isProof = message.type === "confirm" && model.identity.direction === "incoming";
  const isSign = isProof || message.type === "candidates";
  if (model.state !== "connecting" || connectsUntil === null || !isSign) return step(model);
  const limit = model.settings.connectMilliseconds ?? connectMilliseconds;
  const milliseconds = Math.min(limit, connectsUntil - now);
  return milliseconds > 0
    ? step(model, { type: "start-timer", name: "connect", milliseconds })
    : step(model);
}

/** Handles a message of the other side. @returns `null` for one that only a call with a connection handles. */
export function receiveSignal(model: CallModel, message: SignalMessage, now: number): Step | null {
  const { state, identity, exchange, settings } = model;
  const received = withReceivedMessage(model, message);
  if (state === "idle")
    return message.type === "invite" ? ring(received, message, now) : step(model);
  if (message.callId !== identity.callId || isRepeated(exchange, message)) return step(model);
  if (message.to !== undefined && message.to !== settings.device)
    return chosenElsewhere(model, now);
  // Another device of the same person: its messages do not affect this call.
  if (exchange.peer !== null && exchange.peer.id !== deviceOf(message).id)
    return (message.type === "accept" || message.type === "ringing") && isAccepted(model)
      ? announceChosen(received)
      : step(model);
  switch (message.type) {
    case "invite":
      return step(model);
    case "ringing":
      // A running call needs no rule for it, and one that is dialled has more to do.
      return message.check === true && isWaitingFor(model) ? announceWait(received, now) : null;
    case "waiting":
      return stillWaiting(received, message.left, now);
    case "candidates":
      return andThen(receiveWhileConnecting(received, message, now), (next) =>
        receiveCandidates(next, message.candidates, deviceOf(message)),
      );
    case "end":
      // The chosen device does not send such reasons: another device of the same person did.
      if (isAccepted(model) && fromOneWhoRings.has(message.reason)) return step(received);
      return end(received, { reason: message.reason, by: "remote", problem: null }, null, now);
    default:
      return null;
  }
}

/** Returns `true` where the invitation was sent and nobody has accepted it. */
export function isWaitingFor({ state, identity, exchange }: CallModel): boolean {
  const isDialling = state === "inviting" || state === "ringing";
  return identity.direction === "outgoing" && exchange.isInviteSent && isDialling;
}

function isAccepted({ state, identity }: CallModel): boolean {
  return identity.direction === "outgoing" && state !== "inviting" && state !== "ringing";
}

/**
 * Notifies a device that accepts too late, or that checks, which device the caller has chosen, by a message without
 * content.
 */
function announceChosen(model: CallModel): Step {
  return send(model, { type: "candidates", candidates: [] });
}

/**
 * The caller has chosen another device of this person, as its message shows: the call ends here
 * silently.
 */
function chosenElsewhere(model: CallModel, now: number): Step {
  const isHere = model.state === "incoming" || model.state === "connecting";
  if (model.identity.direction !== "incoming" || !isHere) return step(model);
  return end(model, { reason: "answered-elsewhere", by: "none", problem: null }, null, now);
}

/** Reasons that only a device with a ringing call sends. */
const fromOneWhoRings: ReadonlySet<EndReason> = new Set([
  "declined",
  "busy",
  "unanswered",
  "answered-elsewhere",
]);

/** Dials: devices open and the offer is created in parallel, the former first, which take longer. Nothing is sent yet. */
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
    ...openWanted(dialled),
    { type: "prepare-offer", callId, media },
    // A person may never answer the permission prompt.
    { type: "start-timer", name: "ring", milliseconds: dialMilliseconds },
  );
}

/** Answers a callee's check with the time that the caller still waits. */
function announceWait(model: CallModel, now: number): Step {
  const { ringsUntil } = model.exchange;
  const left = Math.round((ringsUntil ?? 0) - now);
  return left > 0 ? send(model, { type: "waiting", left }) : step(model);
}

/** Rings for an invitation. `judgeInvite` has decided that it may. */
function ring(model: CallModel, invite: SignalOf<"invite">, now: number): Step {
  const { settings } = model;
  const ringing = invited(model, invite, now);
  if (settings.unable !== null) return fail(ringing, settings.unable, now);
  const kept: CallModel = {
    ...ringing,
    exchange: {
      ...ringing.exchange,
      receivedInvite: invite,
      commitment: invite.commitment,
      ringsUntil: now + settings.ringMilliseconds,
      canAsk: invite.ringFor !== undefined,
    },
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

/**
 * Records an invitation as a missed call.
 *
 * @param sentReason the reason to send, for a caller that may still wait; `null` if the caller has ended the call, or must be gone.
 * @param reason `answered-elsewhere` if the caller has sent that reason.
 */
export function missLate(
  model: CallModel,
  invite: SignalOf<"invite">,
  sentReason: "unanswered" | null,
  now: number,
  reason: "unanswered" | "answered-elsewhere" = "unanswered",
): Step {
  const missed = withReceivedMessage(invited(model, invite, Math.min(invite.sentAt, now)), invite);
  return end(missed, { reason, by: "none", problem: null }, sentReason, now);
}

/**
 * Handles a check of the clock. Most engines' timers stop while a device sleeps. If the device seems to have slept for longer
 * than the call may ring, the caller is asked before anybody can accept: the clock may only have been corrected.
 */
export function slept(model: CallModel, milliseconds: number, now: number): Step {
  const { state, exchange } = model;
  if (state !== "incoming" || exchange.ringsUntil === null) return step(model);
  const ringsUntil = exchange.ringsUntil - milliseconds;
  const next: CallModel = { ...model, exchange: { ...exchange, ringsUntil } };
  if (ringsUntil <= now) return askCaller(next, null, now);
  return milliseconds === 0
    ? step(model)
    : step(next, { type: "start-timer", name: "ring", milliseconds: ringsUntil - now });
}

/** @param wish media of an accept that waits for the answer; `null` for none. */
function askCaller(model: CallModel, wish: CallMedia | null, now: number): Step {
  const { exchange } = model;
  const waiting = wish ?? exchange.asking?.accept ?? null;
  const asking: CallModel = { ...model, exchange: { ...exchange, asking: { accept: waiting } } };
  if (exchange.asking !== null) return step(asking);
  if (!exchange.canAsk) return ringTimedOut(model, now);
  return andThen(send(asking, { type: "ringing", check: true }), (sent) =>
    step(
      sent,
      { type: "stop-timer", name: "ring" },
      { type: "start-timer", name: "check", milliseconds: askMilliseconds },
    ),
  );
}

/** Handles the caller's answer to a check: the call rings on, or a waiting accept is done. */
function stillWaiting(model: CallModel, left: number, now: number): Step {
  const { exchange, settings } = model;
  if (model.state !== "incoming" || exchange.asking === null) return step(model);
  const milliseconds = Math.min(left, settings.ringMilliseconds);
  if (milliseconds <= 0) return ringTimedOut(model, now);
  const { accept: wish } = exchange.asking;
  const ringsUntil = now + milliseconds;
  const ringing: CallModel = { ...model, exchange: { ...exchange, asking: null, ringsUntil } };
  return andThen(
    step(
      ringing,
      { type: "stop-timer", name: "check" },
      { type: "start-timer", name: "ring", milliseconds },
    ),
    (next) => (wish === null ? step(next) : accept(next, { type: "accept", media: wish }, now)),
  );
}

/** Rejects a second call as `busy`. Here it becomes a missed call. */
export function rejectBusy(model: CallModel, invite: SignalOf<"invite">, now: number): Step {
  const rejected = withReceivedMessage(invited(model, invite, now), invite);
  return end(rejected, { reason: "busy", by: "local", problem: null }, "busy", now);
}

/** Remembers a received message. */
export function withReceivedMessage(model: CallModel, message: SignalMessage): CallModel {
  return { ...model, exchange: withReceived(model.exchange, message) };
}

/** Accepts. The answer waits for no device: tracks are added when they open. */
export function accept(
  model: CallModel,
  { media, resumed }: Extract<CallEvent, { type: "accept" }>,
  now: number,
): Step {
  const { exchange, devices, keys } = model;
  const invite = exchange.receivedInvite;
  if (invite === null) return step(model);
  // The limit has passed and no timer has fired: the device has slept, or the page was frozen.
  const isOver = exchange.ringsUntil !== null && now >= exchange.ringsUntil;
  if (resumed === undefined && (isOver || exchange.asking !== null))
    return askCaller(model, media, now);
  const fresh: CallModel = {
    ...model,
    state: "connecting",
    exchange: { ...exchange, receivedInvite: null, acceptedAt: now },
    keys: { ...keys, needsProof: true },
    devices: { ...devices, wanted: wantedFor(media) },
  };
  const accepted = resumed === undefined ? fresh : continueFrom(fresh, resumed);
  const answering = step(
    accepted,
    { type: "stop-timer", name: "ring" },
    { type: "answer", invite, media },
    ...openWanted(accepted),
  );
  // The answer has to arrive, and the proof to come back: a channel may need 16 s each way.
  return andThen(answering, (next) => startConnecting(next, 1.5, now));
}

/** Returns the effects that open the devices of a new call. */
function openWanted({ devices, hold }: CallModel): CallEffect[] {
  const wanted = hold.local
    ? []
    : (["microphone", "camera"] as const).filter((device) => devices.wanted[device]);
  return wanted.map((device) => ({ type: "set-device", device, on: true }));
}
