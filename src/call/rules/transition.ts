import { unreachable } from "../../errors.ts";
import type { ControlMessage } from "../../signalling/control.ts";
import type { CallEvent, CallEffect } from "../events.ts";
import { hasCamera, wanting } from "../state/devices.ts";
import { confirmed, verifiedBy } from "../state/keys.ts";
import type { CallModel } from "../state/model.ts";
import type { DeviceName, TimerName } from "../terms.ts";
import { adapt, limitedByPeer, qualitySampled, sendBitrateLimit } from "./adaptation.ts";
import {
  foundCandidates,
  withFailure,
  measured,
  pathChanged,
  startConnected,
  withOpened,
} from "./connection.ts";
import { end, fail } from "./ending.ts";
import {
  choose,
  deviceChanged,
  interruptionTimedOut,
  pauseScreen,
  seen,
  sendMediaState,
  sensed,
} from "./own-devices.ts";
import * as reconnection from "./reconnection.ts";
import { receiveCandidates } from "./peer-candidates.ts";
import { ringingTransition } from "./ringing.ts";
import * as setUp from "./set-up.ts";
import { andThen, send, sendControl, step, type Step } from "./step.ts";

/**
 * The rules of one call. Pure: the same call, event and time always give the same step.
 *
 * @param model the present call. An ended call does not change.
 * @param event the event. One without meaning in this state changes nothing.
 * @param now milliseconds since the epoch.
 */
export function transition(model: CallModel, event: CallEvent, now: number): Step {
  return ringingTransition(model, event, now) ?? runningTransition(model, event, now);
}

function runningTransition(model: CallModel, event: CallEvent, now: number): Step {
  switch (event.type) {
    case "flip-camera":
      return hasCamera(model.devices) ? step(model, { type: "flip-camera" }) : step(model);
    case "pause-screen":
      return pauseScreen(model, event.on);
    case "change-screen":
      return model.devices.local.screen.state === "on" ? step(model, event) : step(model);
    case "choose-device":
    case "set-voice":
      return choose(model, event);
    case "hold":
      return hold(model);
    case "resume":
      return resume(model);
    case "stay":
      // Any message shows the other side that the page is there.
      return sendMediaState(model);
    case "check-code":
      return checkCode(model, event.match, now);
    case "signal":
      return setUp.receiveSignal(model, event.message, now);
    case "control":
      return receiveControl(model, event.message, now);
    case "offer-ready":
      return model.state === "inviting" ? setUp.offerReady(model, event, now) : step(model);
    case "answer-ready":
      return model.state === "connecting"
        ? describedBoth(setUp.sendAnswer(model, event), now)
        : step(model);
    case "answer-verified":
      return answerVerified(model, event, now);
    case "confirmed":
      return describedBoth(step({ ...model, keys: confirmed(model.keys, event) }), now);
    case "candidates-found":
      return foundCandidates(model, event.candidates, event.end);
    case "path-changed":
      return pathChanged(model, event.path, now);
    case "control-opened":
      return controlOpened(model);
    case "network-changed":
      return reconnection.networkChanged(model, now);
    case "seen":
      return seen(model);
    case "restart-ready":
      return reconnection.restartReady(model, event.message);
    case "restart-failed":
      return reconnection.restartFailed(model, event.code);
    case "device-changed":
      return andThen(
        andThen(deviceChanged(model, event), (next) => microphoneChanged(next, now)),
        // New video is limited from its first frame.
        (next) => (event.device === "microphone" ? step(next) : adapt(next, now)),
      );
    case "server-failed":
      return step({ ...model, path: withFailure(model.path, event.failure) });
    case "devices-listed": {
      const { devices: available, voice } = event;
      return step({ ...model, devices: { ...model.devices, available, voice } });
    }
    case "choice-failed":
      return step(
        { ...model, devices: { ...model.devices, choiceProblem: event.code } },
        { type: "report", code: event.code },
      );
    case "sensed":
      return sensed(model, event.sense);
    case "cipher-started":
      return step({ ...model, protection: { ...model.protection, sealedIn: event.sealedIn } });
    case "frame-opened":
      return step({ ...model, protection: withOpened(model.protection, event.track, now) });
    case "quality-sampled":
      return qualitySampled(model, event.sample, now);
    case "measured":
      return measured(model, event.measurement, now);
    case "timer":
      return timedOut(model, event.name, now);
    case "start":
    case "withdraw":
    case "accept":
    case "decline":
    case "ignore":
    case "hang-up":
    case "set-device":
    case "hide-address":
    case "elsewhere":
    case "slept":
    case "leave":
    case "failed":
      // Handled by the rules of ringing.
      return step(model);
    default:
      return unreachable(event);
  }
}

function timedOut(model: CallModel, name: TimerName, now: number): Step {
  switch (name) {
    case "reconnect":
      return reconnection.reconnectTimedOut(model, now);
    case "restart":
      return reconnection.restartTimedOut(model, now);
    case "interruption":
      return interruptionTimedOut(model);
    default:
      return step(model);
  }
}

const devices: readonly string[] = ["microphone", "camera", "screen"] satisfies DeviceName[];

const isDevice = (name: string): name is DeviceName => devices.includes(name);

function receiveControl(before: CallModel, message: ControlMessage, now: number): Step {
  const isGone = message.type === "away" || message.type === "end";
  return andThen(isGone ? step(before) : reconnection.peerBack(before, now), (model) =>
    takeControl(model, message, now),
  );
}

function takeControl(model: CallModel, message: ControlMessage, now: number): Step {
  switch (message.type) {
    case "media": {
      const { microphone, screen } = message;
      // A camera that was on and is starting changes to another one: the screen keeps its last picture.
      const isSwitched = model.remote.camera && !!message.starting?.includes("camera");
      const on = { microphone, camera: message.camera || isSwitched, screen };
      // A device that is on is neither opening nor taken.
      const known = (names: readonly string[] = []) =>
        names.filter(isDevice).filter((name, at, all) => !on[name] && all.indexOf(name) === at);
      const [starting, interrupted] = [known(message.starting), known(message.interrupted)];
      const remote = {
        ...{ known: true, ...on },
        ...(starting.length > 0 && { starting }),
        ...(interrupted.length > 0 && { interrupted }),
        ...(screen && message.screenPaused === true && { screenPaused: true }),
      };
      return step({ ...model, remote });
    }
    case "away":
      return reconnection.peerAway(model, now);
    case "hold":
      return heldByPeer(model, message.on);
    case "limit":
      return limitedByPeer(model, message.bitsPerSecond, now);
    case "code":
      // Only shown: people compare the code by voice, and each side ends the call for itself.
      return step({ ...model, keys: verifiedBy(model.keys, "remote", message.match) });
    case "restart":
      return reconnection.receiveRestart(model, message, now);
    case "restart-answer":
      return reconnection.receiveRestartAnswer(model, message);
    case "candidates":
      return receiveCandidates(model, message.candidates);
    case "confirm":
      // Also arrives over the host's channel; the faster one counts.
      return setUp.checkConfirm(model, message);
    case "text":
      // A call of a foreign protocol has no keys for it. Other calls take it in `controller/call-text.ts`.
      return step(model);
    case "end":
      return end(model, { reason: message.reason, by: "remote", problem: null }, null, now);
    default:
      return unreachable(message);
  }
}

function controlOpened(model: CallModel): Step {
  const opened: CallModel = { ...model, path: { ...model.path, isControlOpen: true } };
  return andThen(
    andThen(andThen(reconnection.sendProof(opened), sendMediaState), sendHold),
    sendBitrateLimit,
  );
}

/** Handles the microphone before the invitation: the call waits for it, and fails with it. */
function microphoneChanged(model: CallModel, now: number): Step {
  const { state, problem } = model.devices.local.microphone;
  const isWaiting = model.state === "inviting" && !model.exchange.isInviteSent;
  return isWaiting && state === "failed"
    ? fail(model, problem ?? "internal", now)
    : setUp.inviteWhenReady(model, now);
}

/** Different codes mean a machine in the middle: nothing more is sent in such a call. */
function checkCode(model: CallModel, match: boolean, now: number): Step {
  const { keys } = model;
  if (keys.securityCode === null || keys.verification.local !== null) return step(model);
  const checked: CallModel = { ...model, keys: verifiedBy(keys, "local", match) };
  const sent = sendControl(checked, { type: "code", match });
  return match ? sent : andThen(sent, (next) => fail(next, "code-mismatch", now));
}

function answerVerified(
  model: CallModel,
  event: Extract<CallEvent, { type: "answer-verified" }>,
  now: number,
): Step {
  if (model.state !== "connecting") return step(model);
  const ownProof = { nonce: event.nonce, mac: event.mac };
  const keys = confirmed({ ...model.keys, isAgreed: true, ownProof }, event);
  return describedBoth(send({ ...model, keys }, { type: "confirm", ...ownProof }), now);
}

function describedBoth(described: Step, now: number): Step {
  return andThen(
    andThen(described, (next) => startConnected(next, now)),
    (next) => reconnection.requestIfDue(next, now),
  );
}

const deviceNames = ["microphone", "camera", "screen"] as const;

/**
 * Puts the call on hold: this side sends and plays no media. Keys, path and connection remain, so that resuming is immediate.
 * Requested devices are remembered, except screen sharing, which requires a person's choice each time (W3C Screen Capture
 * section 5.1).
 */
function hold(model: CallModel): Step {
  if (!isRunning(model) || model.hold.local) return step(model);
  const { local, wanted } = model.devices;
  const held: CallModel = {
    ...model,
    hold: { ...model.hold, local: true },
    devices: wanting(model.devices, "screen", false),
  };
  const open = deviceNames.filter((name) => wanted[name] || local[name].state === "on");
  return andThen(sendHold(held), (sent) => step(sent, ...setDevices(open, false)));
}

/** Resumes the call with the requested devices. */
function resume(model: CallModel): Step {
  if (!isRunning(model) || !model.hold.local) return step(model);
  const resumed: CallModel = { ...model, hold: { ...model.hold, local: false } };
  const wanted = deviceNames.filter((name) => model.devices.wanted[name]);
  return andThen(sendControl(resumed, { type: "hold", on: false }), (sent) =>
    step(sent, ...setDevices(wanted, true)),
  );
}

/** Records the other side's hold for the screen. */
function heldByPeer(model: CallModel, on: boolean): Step {
  return model.hold.remote === on
    ? step(model)
    : step({ ...model, hold: { ...model.hold, remote: on } });
}

/** Sends the hold to the other side, also when the channel opens later. */
function sendHold(model: CallModel): Step {
  return model.hold.local ? sendControl(model, { type: "hold", on: true }) : step(model);
}

function setDevices(names: readonly DeviceName[], on: boolean): CallEffect[] {
  return names.map((device) => ({ type: "set-device", device, on }));
}

function isRunning({ state }: CallModel): boolean {
  return state === "connected" || state === "reconnecting";
}
