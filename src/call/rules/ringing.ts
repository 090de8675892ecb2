import type { SignalMessage, SignalOf } from "../../signalling/messages.ts";
import type { CallEffect, CallEvent } from "../events.ts";
import { wantedFor } from "../state/devices.ts";
import { deviceOf, isRepeated, withReceived } from "../state/exchange.ts";
import { lacksProof } from "../state/keys.ts";
import type { CallModel } from "../state/model.ts";
import { stuckMilliseconds } from "../state/path.ts";
import type { EndReason, TimerName } from "../terms.ts";
import { receiveCandidates } from "./candidates.ts";
import { setDevice } from "./devices.ts";
import { end, fail, hangUp, withdraw } from "./ending.ts";
import { continueFrom } from "./resumption.ts";
import { andThen, send, step, type Step } from "./step.ts";

/*
 * What a call needs before it has a connection: it is dialled, or rings and is accepted, or is over. A screen that shows an incoming
 * call loads these rules first; those of a running call come with its connection.
 */

/** An invitation older than this does not ring. Milliseconds. */
export const inviteLifetime = 60_000;
/** How long the devices and the offer may take before the invitation leaves. Milliseconds. */
const dialMilliseconds = 60_000;
/** How long the two sides may need from accept to a path. Milliseconds. */
const connectMilliseconds = 30_000;

/** From accept on, until there is a path. */
export const connectTimers: readonly CallEffect[] = [
  { type: "start-timer", name: "connect", milliseconds: connectMilliseconds },
  { type: "start-timer", name: "stuck", milliseconds: stuckMilliseconds },
];

/**
 * The rules of a call that has no connection yet. Pure, as `transition`, which adds those of a running call.
 *
 * @returns `null` for an event that only a call with a connection has rules for.
 */
export function ringingTransition(model: CallModel, event: CallEvent, now: number): Step | null {
  if (model.state === "ended") return step(model);
  // A call begins by being dialled or invited, and by nothing else.
  if (model.state === "idle" && event.type !== "start" && event.type !== "signal")
    return step(model);
  switch (event.type) {
    case "start":
      return model.state === "idle" ? dial(model, event, now) : step(model);
    case "withdraw":
      return withdraw(model);
    case "accept":
      return model.state === "incoming" ? accept(model, event, now) : step(model);
    case "decline":
      return model.state === "incoming"
        ? end(model, { reason: "declined", by: "local", problem: null }, "declined", now)
        : step(model);
    case "ignore":
      // The caller is not told: to it, nobody answers.
      return model.state === "incoming"
        ? end(model, { reason: "unanswered", by: "local", problem: null }, null, now)
        : step(model);
    case "hang-up":
      return hangUp(model, now);
    case "set-device":
      return setDevice(model, event.device, event.on);
    case "hide-address":
      return hideAddress(model, event.on);
    case "elsewhere":
      // Nobody is told: the caller heard it from the device that did it.
      return model.state === "incoming"
        ? end(model, { reason: event.reason, by: "local", problem: null }, null, now)
        : step(model);
    case "signal":
      return receiveSignal(model, event.message, now);
    case "timer":
      return timedOut(model, event.name, now);
    case "failed":
      return fail(model, event.code, now);
    default:
      return null;
  }
}

/** A timer that was stopped a moment too late finds another state, and means nothing there. */
function timedOut(model: CallModel, name: TimerName, now: number): Step | null {
  switch (name) {
    case "ring":
      return ["inviting", "ringing", "incoming"].includes(model.state)
        ? ringTimedOut(model, now)
        : step(model);
    case "connect":
      return model.state === "connecting" ? connectTimedOut(model, now) : step(model);
    case "stuck":
      return model.state === "connecting"
        ? step({ ...model, path: { ...model.path, isStuck: true } })
        : step(model);
    default:
      return null;
  }
}

function receiveSignal(model: CallModel, message: SignalMessage, now: number): Step | null {
  const { state, identity, exchange, settings } = model;
  const received = withReceivedMessage(model, message);
  if (state === "idle")
    return message.type === "invite" ? ring(received, message, now) : step(model);
  if (message.callId !== identity.callId || isRepeated(exchange, message)) return step(model);
  if (message.to !== undefined && message.to !== settings.device)
    return chosenElsewhere(model, now);
  // Another device of the same person: whatever becomes of it there is nothing to this call.
  if (exchange.peer !== null && exchange.peer.id !== deviceOf(message).id)
    return message.type === "accept" && isAccepted(model) ? tellChosen(received) : step(model);
  switch (message.type) {
    case "invite":
      return step(model);
    case "candidates":
      return receiveCandidates(received, message.candidates, deviceOf(message));
    case "end":
      // Who has accepted gives no such reason any more: it is another device of the same person.
      if (isAccepted(model) && fromOneWhoRings.has(message.reason)) return step(received);
      return end(received, { reason: message.reason, by: "remote", problem: null }, null, now);
    default:
      return null;
  }
}

function isAccepted({ state, identity }: CallModel): boolean {
  return identity.direction === "outgoing" && state !== "inviting" && state !== "ringing";
}

/** A device that accepts too late learns by the next message whom the caller has chosen. This one says nothing else. */
function tellChosen(model: CallModel): Step {
  return send(model, { type: "candidates", candidates: [] });
}

/** The caller has chosen another device of this person, which the word of it tells: here the call is over without another word. */
function chosenElsewhere(model: CallModel, now: number): Step {
  const isHere = model.state === "incoming" || model.state === "connecting";
  if (model.identity.direction !== "incoming" || !isHere) return step(model);
  return end(model, { reason: "answered-elsewhere", by: "none", problem: null }, null, now);
}

/** What only a device says at which a call still rings. */
const fromOneWhoRings: ReadonlySet<EndReason> = new Set([
  "declined",
  "busy",
  "unanswered",
  "answered-elsewhere",
]);

/** The caller dials: its devices open and its offer is made at the same time, and nothing has left yet. */
function dial(model: CallModel, event: Extract<CallEvent, { type: "start" }>, now: number): Step {
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
function hideAddress(model: CallModel, on: boolean): Step {
  if (model.state !== "incoming" || model.settings.mayHideAddress !== true) return step(model);
  return step(
    { ...model, settings: { ...model.settings, relayOnly: on } },
    { type: "hide-address", on },
  );
}

/** The callee is invited: it rings, unless the invitation is too old. */
function ring(model: CallModel, invite: SignalOf<"invite">, now: number): Step {
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
function accept(
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

/** The time for a path is over. A path that is there lacks the caller's proof. */
function connectTimedOut(model: CallModel, now: number): Step {
  return fail(model, lacksProof(model) ? "insecure" : "timed-out", now);
}

/** It has rung long enough. */
function ringTimedOut(model: CallModel, now: number): Step {
  // Nobody was called yet: this side's own devices did not open.
  if (model.identity.direction === "outgoing" && !model.exchange.isInviteSent)
    return fail(model, "timed-out", now);
  return end(model, { reason: "unanswered", by: "none", problem: null }, "unanswered", now);
}

/** The devices of a call that begins. */
function openWanted({ devices, hold }: CallModel): CallEffect[] {
  const wanted = hold.local
    ? []
    : (["microphone", "camera"] as const).filter((device) => devices.wanted[device]);
  return wanted.map((device) => ({ type: "set-device", device, on: true }));
}
