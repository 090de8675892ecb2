import { unreachable } from "../../errors.ts";
import type { ControlMessage } from "../../signalling/control.ts";
import type { SignalMessage } from "../../signalling/messages.ts";
import { adapt, limitedByPeer, qualitySampled, tellSaver } from "../state/adaptation.ts";
import { withFailure } from "../state/doctor.ts";
import { end, fail, hangUpReason, takeBack } from "./ending.ts";
import type { CallEvent, TimerName } from "../events.ts";
import { choose, hasCamera } from "./choice.ts";
import { sensed } from "../state/hints.ts";
import { hold, holdRemotely, resume, tellHold } from "./hold.ts";
import { deviceChanged, measured, pathChanged, startConnected, switchDevice } from "./in-call.ts";
import type { CallModel } from "../state/model.ts";
import * as setUp from "./set-up.ts";
import * as reconnection from "./reconnection.ts";
import type { EndReason } from "../snapshot.ts";
import { send, sendControl, step, tellMedia, then } from "./step.ts";
import type { Step } from "./step.ts";

/** How many of the other side's message numbers are remembered, to drop what comes twice. */
const rememberedSeqs = 256;

/**
 * The rules of one call. Pure: the same call, event and time always give the same step.
 *
 * @param model the call so far. A call that has ended stays as it is, whatever happens.
 * @param event what happened. One that means nothing in this state changes nothing.
 * @param now milliseconds since the epoch.
 */
export function transition(model: CallModel, event: CallEvent, now: number): Step {
  if (model.state === "ended") return step(model);
  // A call begins by being dialled or invited, and by nothing else.
  if (model.state === "idle" && event.type !== "start" && event.type !== "signal")
    return step(model);
  switch (event.type) {
    case "start":
      return model.state === "idle" ? setUp.dial(model, event, now) : step(model);
    case "withdraw":
      return takeBack(model, "cancelled");
    case "accept":
      return model.state === "incoming" ? setUp.accept(model, event) : step(model);
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
    case "switch":
      return switchDevice(model, event.device, event.on);
    case "flip-camera":
      return hasCamera(model) ? step(model, { type: "flip-camera" }) : step(model);
    case "choose-device":
    case "switch-voice":
      return choose(model, event);
    case "hide-address":
      return setUp.hideAddress(model, event.on);
    case "hold":
      return hold(model);
    case "resume":
      return resume(model);
    case "elsewhere":
      // Nobody is told: the caller heard it from the device that did it.
      return model.state === "incoming"
        ? end(model, { reason: event.reason, by: "local", problem: null }, null, now)
        : step(model);
    case "code-checked":
      return checkCode(model, event.match, now);
    case "signal":
      return takeSignal(model, event.message, now);
    case "control":
      return takeControl(model, event.message, now);
    case "offer-ready": {
      if (model.state !== "inviting") return step(model);
      const { offer, keys, commitment } = event;
      const former = model.resumed?.callId ?? model.replaces;
      const resumes = former === null ? {} : { resumes: former };
      const preparedInvite = {
        type: "invite",
        media: model.media,
        offer,
        keys,
        commitment,
        ...resumes,
      } as const;
      return setUp.inviteWhenReady({ ...model, preparedInvite }, now);
    }
    case "answer-ready":
      return model.state === "connecting"
        ? describedBoth(setUp.sendAnswer(model, event), now)
        : step(model);
    case "answer-applied":
      return answerApplied(model, event, now);
    case "confirmed":
      return step({ ...model, keysConfirmed: true, securityCode: event.securityCode });
    case "candidates-found":
      return setUp.foundCandidates(model, event.candidates, event.end);
    case "path-changed":
      return pathChanged(model, event.path, now);
    case "control-opened":
      return then(then(tellMedia({ ...model, controlOpen: true }), tellHold), tellSaver);
    case "network-changed":
      return reconnection.networkChanged(model, now);
    case "restart-ready":
      return reconnection.restartReady(model, event.message);
    case "restart-failed":
      // Nothing has changed: what was tried is tried again.
      return step(model, { type: "report", code: event.code });
    case "device-changed":
      return then(
        then(
          then(deviceChanged(model, event), (next) => setUp.microphoneFailed(next, now)),
          (next) => setUp.inviteWhenReady(next, now),
        ),
        // A picture that begins is within its limits from its first frame.
        (next) => (event.device === "microphone" ? step(next) : adapt(next, now)),
      );
    case "server-failed":
      return step({ ...model, pathFacts: withFailure(model.pathFacts, event.failure) });
    case "devices-listed":
      return step({ ...model, devices: event.devices, voice: event.voice });
    case "choice-failed":
      return step({ ...model, choiceProblem: event.code }, { type: "report", code: event.code });
    case "sensed":
      return sensed(model, event.sense);
    case "frame-opened":
      return step({
        ...model,
        openedTracks: [...model.openedTracks, event.track],
        protectedSince: model.protectedSince ?? now,
      });
    case "quality-sampled":
      return qualitySampled(model, event.sample, now);
    case "measured":
      return measured(model, event.measurement, now);
    case "timer":
      return timedOut(model, event.name, now);
    case "failed":
      return fail(model, event.code, now);
    default:
      return unreachable(event);
  }
}

/** A timer that was stopped a moment too late finds another state, and means nothing there. */
function timedOut(model: CallModel, name: TimerName, now: number): Step {
  switch (name) {
    case "ring":
      return ["inviting", "ringing", "incoming"].includes(model.state)
        ? setUp.ringTimedOut(model, now)
        : step(model);
    case "connect":
      return model.state === "connecting" ? fail(model, "timed-out", now) : step(model);
    case "reconnect":
      return model.state === "reconnecting" ? fail(model, "connection-failed", now) : step(model);
    case "stuck":
      return model.state === "connecting" ? step({ ...model, isStuck: true }) : step(model);
    case "restart":
      return reconnection.restartTimedOut(model, now);
    default:
      return unreachable(name);
  }
}

function hangUp(model: CallModel, now: number): Step {
  if (model.state === "idle") return step(model);
  const reason = model.state === "incoming" ? "declined" : hangUpReason(model);
  const known = model.invited || model.direction === "incoming";
  return end(model, { reason, by: "local", problem: null }, known ? reason : null, now);
}

function takeSignal(model: CallModel, message: SignalMessage, now: number): Step {
  if (model.state === "idle")
    return message.type === "invite" ? setUp.ring(take(model, message), message, now) : step(model);
  if (message.callId !== model.callId || model.takenSeqs.includes(message.seq)) return step(model);
  const taken = take(model, message);
  const isCaller = model.direction === "outgoing";
  const isDialling = model.state === "inviting" || model.state === "ringing";
  const isWaiting = isCaller && model.invited && isDialling;
  const isAccepted = isCaller && !isDialling && model.state !== "ended";
  switch (message.type) {
    case "invite":
      return step(model);
    case "ringing":
      return model.state === "inviting" && isWaiting
        ? step({ ...taken, state: "ringing" })
        : step(taken);
    case "accept":
      return isWaiting ? setUp.accepted(taken, message) : step(taken);
    case "confirm":
      return model.state === "incoming" ? step(taken) : setUp.checkConfirm(taken, message);
    case "candidates":
      return setUp.takeCandidates(taken, message.candidates);
    case "restart":
      return reconnection.takeRestart(taken, message, now);
    case "restart-answer":
      return reconnection.takeRestartAnswer(taken, message);
    case "end":
      // Who has accepted gives no such reason any more: it is another device of the same person.
      if (isAccepted && fromOneWhoRings.has(message.reason)) return step(taken);
      return end(taken, { reason: message.reason, by: "remote", problem: null }, null, now);
    default:
      return unreachable(message);
  }
}

/** What only a device says at which a call still rings. */
const fromOneWhoRings: ReadonlySet<EndReason> = new Set([
  "declined",
  "busy",
  "unanswered",
  "answered-elsewhere",
]);

function take(model: CallModel, { seq }: SignalMessage): CallModel {
  return { ...model, takenSeqs: [...model.takenSeqs, seq].slice(-rememberedSeqs) };
}

function takeControl(model: CallModel, message: ControlMessage, now: number): Step {
  switch (message.type) {
    case "media": {
      const { microphone, camera, screen } = message;
      return step({ ...model, remote: { known: true, microphone, camera, screen } });
    }
    case "hold":
      return holdRemotely(model, message.on);
    case "limit":
      return limitedByPeer(model, message.bitsPerSecond, now);
    case "code":
      // Of no consequence but what the screen says: the code is compared by ear, and each side ends the call for itself.
      return step({ ...model, verification: { ...model.verification, remote: message.match } });
    case "restart":
      return reconnection.takeRestart(model, message, now);
    case "restart-answer":
      return reconnection.takeRestartAnswer(model, message);
    case "candidates":
      return setUp.takeCandidates(model, message.candidates);
    case "confirm":
      // For protocols whose host has no message for it; `sx-call/1` proves its keys over the host's channel.
      return step(model);
    case "end":
      return end(model, { reason: message.reason, by: "remote", problem: null }, null, now);
    default:
      return unreachable(message);
  }
}

/** Two codes that differ mean that somebody sits between: nothing more is said in such a call. */
function checkCode(model: CallModel, match: boolean, now: number): Step {
  if (model.securityCode === null || model.verification.local !== null) return step(model);
  const checked: CallModel = { ...model, verification: { ...model.verification, local: match } };
  const told = sendControl(checked, { type: "code", match });
  return match ? told : then(told, (next) => fail(next, "code-mismatch", now));
}

function answerApplied(
  model: CallModel,
  event: Extract<CallEvent, { type: "answer-applied" }>,
  now: number,
): Step {
  if (model.state !== "connecting") return step(model);
  const { securityCode } = event;
  const agreed: CallModel = { ...model, keysAgreed: true, keysConfirmed: true, securityCode };
  const confirm = { type: "confirm", nonce: event.nonce, mac: event.mac } as const;
  return describedBoth(send(agreed, confirm), now);
}

function describedBoth(described: Step, now: number): Step {
  return then(
    then(described, (next) => startConnected(next, now)),
    (next) => reconnection.askIfDue(next, now),
  );
}
