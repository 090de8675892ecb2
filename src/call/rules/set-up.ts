import type { SignalCandidate, SignalOf } from "../../signalling/messages.ts";
import type { CallEffect, CallEvent } from "../events.ts";
import { stuckMilliseconds, withFound } from "../state/doctor.ts";
import { end, fail } from "./ending.ts";
import type { CallModel } from "../state/model.ts";
import { hasRestarted } from "./reconnection.ts";
import { takeUp } from "./resumption.ts";
import { send, sendControl, step, then } from "./step.ts";
import type { Step } from "./step.ts";

/** An invitation older than this does not ring. Milliseconds. */
export const inviteLifetime = 60_000;
/** How long the devices and the offer may take before the invitation leaves. Milliseconds. */
const dialMilliseconds = 60_000;
/** How long the two sides may need from accept to a path. Milliseconds. */
const connectMilliseconds = 30_000;
/** How many of the other side's candidates may wait for its `accept`: they can only overtake it by a few messages. */
const maxEarlyCandidates = 64;

/** The caller dials: its devices open and its offer is made at the same time, and nothing has left yet. */
export function dial(
  model: CallModel,
  event: Extract<CallEvent, { type: "start" }>,
  now: number,
): Step {
  const { callId, media, resumed, replaces = null } = event;
  const wishes = { microphone: true, camera: media === "video", screen: false };
  const fresh: CallModel = {
    ...model,
    state: "inviting",
    direction: "outgoing",
    callId,
    media,
    replaces,
    startedAt: now,
    wishes,
  };
  const dialled = resumed === undefined ? fresh : takeUp(fresh, resumed);
  const { unable } = model.settings;
  if (unable !== null) return fail(dialled, unable, now);
  return step(
    dialled,
    { type: "prepare-offer", callId, media },
    ...openWished(dialled),
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

/**
 * Sends the invitation once the offer is made and the microphone is open. Nobody's phone rings for a call in which the caller
 * could not speak; a camera that is missing or slow does not hold it up. A caller who is muted, by a tap or since before the page was
 * loaded anew, has chosen that.
 */
export function inviteWhenReady(model: CallModel, now: number): Step {
  const { preparedInvite, invited, local, settings, wishes } = model;
  const isMuted = local.microphone.state === "off" && !wishes.microphone;
  const canSpeak = local.microphone.state === "on" || isMuted;
  if (preparedInvite === null || invited || !canSpeak) return step(model);
  return then(
    send({ ...model, preparedInvite: null, invited: true }, { ...preparedInvite, sentAt: now }),
    (sent) =>
      step(sent, { type: "start-timer", name: "ring", milliseconds: settings.ringMilliseconds }),
  );
}

/** The callee is invited: it rings, unless the invitation is too old. */
export function ring(model: CallModel, invite: SignalOf<"invite">, now: number): Step {
  const { callId, media, sentAt } = invite;
  const invited: CallModel = {
    ...model,
    state: "incoming",
    direction: "incoming",
    callId,
    media,
    startedAt: now,
  };
  if (now - sentAt > inviteLifetime) {
    return end(
      { ...invited, startedAt: sentAt },
      { reason: "unanswered", by: "none", problem: null },
      null,
      now,
    );
  }
  const { unable } = model.settings;
  if (unable !== null) return fail(invited, unable, now);
  return then(send({ ...invited, invite }, { type: "ringing" }), (ringing) =>
    step(
      ringing,
      { type: "prepare-answer", invite },
      { type: "start-timer", name: "ring", milliseconds: model.settings.ringMilliseconds },
    ),
  );
}

/** The callee is in another call, and its host wants no second one: the caller is told, and here it is a missed call. */
export function turnAway(
  model: CallModel,
  { callId, media, seq }: SignalOf<"invite">,
  now: number,
): Step {
  const invited: CallModel = {
    ...model,
    state: "incoming",
    direction: "incoming",
    callId,
    media,
    startedAt: now,
    takenSeqs: [seq],
  };
  return end(invited, { reason: "busy", by: "local", problem: null }, "busy", now);
}

/** The callee accepts. The answer waits for no device: the tracks join when the devices have opened. */
export function accept(
  model: CallModel,
  { media, resumed }: Extract<CallEvent, { type: "accept" }>,
): Step {
  if (model.invite === null) return step(model);
  const wishes = { microphone: true, camera: media === "video", screen: false };
  const fresh: CallModel = { ...model, state: "connecting", invite: null, wishes };
  const accepted = resumed === undefined ? fresh : takeUp(fresh, resumed);
  return step(
    accepted,
    { type: "stop-timer", name: "ring" },
    { type: "answer", invite: model.invite, media },
    ...openWished(accepted),
    { type: "start-timer", name: "connect", milliseconds: connectMilliseconds },
    { type: "start-timer", name: "stuck", milliseconds: stuckMilliseconds },
  );
}

/** The callee's answer is made: it leaves, and from now on candidates may. */
export function sendAnswer(
  model: CallModel,
  { body, media }: Extract<CallEvent, { type: "answer-ready" }>,
): Step {
  const agreed = send({ ...model, keysAgreed: true }, { type: "accept", media, ...body });
  return then(then(agreed, startTrickling), (sent) => {
    const { earlyConfirm } = sent;
    return earlyConfirm === null
      ? step(sent)
      : checkConfirm({ ...sent, earlyConfirm: null }, earlyConfirm);
  });
}

/** The callee has accepted: the caller applies the answer, and its candidates leave at the same moment. */
export function accepted(model: CallModel, message: SignalOf<"accept">): Step {
  const connecting: CallModel = { ...model, state: "connecting", earlyCandidates: [] };
  return then(
    step(
      connecting,
      { type: "stop-timer", name: "ring" },
      { type: "apply-answer", accept: message },
      ...(model.earlyCandidates.length > 0
        ? ([{ type: "add-candidates", candidates: model.earlyCandidates }] as const)
        : []),
      { type: "start-timer", name: "connect", milliseconds: connectMilliseconds },
      { type: "start-timer", name: "stuck", milliseconds: stuckMilliseconds },
    ),
    startTrickling,
  );
}

/** The caller's proof that it has the same keys; the callee keeps one that comes before its own work is done. */
export function checkConfirm(model: CallModel, confirm: SignalOf<"confirm">): Step {
  if (model.direction !== "incoming" || model.keysConfirmed) return step(model);
  if (!model.keysAgreed) return step({ ...model, earlyConfirm: confirm });
  return step(model, { type: "check-confirm", confirm });
}

/** This side has found candidates: they leave if the callee has accepted, else they wait for it. */
export function foundCandidates(
  before: CallModel,
  candidates: readonly SignalCandidate[],
  done: boolean,
): Step {
  const model: CallModel = { ...before, pathFacts: withFound(before.pathFacts, candidates) };
  if (!model.trickling) {
    return step({
      ...model,
      heldCandidates: [...model.heldCandidates, ...candidates],
      heldCandidatesEnd: model.heldCandidatesEnd || done,
    });
  }
  return sendCandidates(model, candidates, done);
}

/** The other side's candidates. On the caller's side they wait for the `accept` that they overtook. */
export function takeCandidates(before: CallModel, candidates: readonly SignalCandidate[]): Step {
  const received = before.pathFacts.received + candidates.length;
  const model: CallModel = { ...before, pathFacts: { ...before.pathFacts, received } };
  switch (model.state) {
    case "inviting":
    case "ringing":
      return step({
        ...model,
        earlyCandidates: [...model.earlyCandidates, ...candidates].slice(0, maxEarlyCandidates),
      });
    case "connecting":
    case "connected":
    case "reconnecting":
      return candidates.length === 0
        ? step(model)
        : step(model, { type: "add-candidates", candidates });
    default:
      return step(model);
  }
}

/** It has rung long enough. */
export function ringTimedOut(model: CallModel, now: number): Step {
  // Nobody was called yet: this side's own devices did not open.
  if (model.direction === "outgoing" && !model.invited) return fail(model, "timed-out", now);
  return end(model, { reason: "unanswered", by: "none", problem: null }, "unanswered", now);
}

/** Where the microphone fails before the invitation left, the call does not start. */
export function microphoneFailed(model: CallModel, now: number): Step {
  const { state, problem } = model.local.microphone;
  if (model.state !== "inviting" || model.invited || state !== "failed") return step(model);
  return fail(model, problem ?? "internal", now);
}

/** The devices of a call that begins. */
function openWished({ wishes, held }: CallModel): CallEffect[] {
  const devices = held.local
    ? []
    : (["microphone", "camera"] as const).filter((device) => wishes[device]);
  return devices.map((device) => ({ type: "switch", device, on: true }));
}

function startTrickling(model: CallModel): Step {
  const { heldCandidates, heldCandidatesEnd } = model;
  const trickling: CallModel = {
    ...model,
    trickling: true,
    heldCandidates: [],
    heldCandidatesEnd: false,
  };
  return heldCandidates.length > 0 || heldCandidatesEnd
    ? sendCandidates(trickling, heldCandidates, heldCandidatesEnd)
    : step(trickling);
}

/** As many in a message as its limit allows. */
function sendCandidates(
  model: CallModel,
  candidates: readonly SignalCandidate[],
  done: boolean,
): Step {
  const batch = candidates.slice(0, 16);
  const rest = candidates.slice(16);
  const last = rest.length === 0;
  const message = {
    type: "candidates",
    candidates: batch,
    ...(last && done ? { end: true } : {}),
  } as const;
  // Those of a new path also go where they are quickest. In the set-up there is no such way yet.
  const sent = then(hasRestarted(model) ? sendControl(model, message) : step(model), (next) =>
    send(next, message),
  );
  return last ? sent : then(sent, (next) => sendCandidates(next, rest, done));
}
