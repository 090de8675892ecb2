import type { SignalBody } from "../signalling/messages.ts";
import type { CallModel, PathState } from "./model.ts";
import { send, sendControl, step, then } from "./step.ts";
import type { Step } from "./step.ts";

/*
 * A path that is lost: the call lives on its keys, not on its addresses (RFC 8445 section 9: ICE restart). Either side may ask for
 * a new path, over the data channel and over the host's channel at the same time; whichever arrives first counts. Where both
 * ask, the caller's offer stands and the callee takes its own back (W3C WebRTC, perfect negotiation: the callee is polite).
 */

/** How long a path may be silent before a new one is asked for: it often heals by itself. Milliseconds. */
const patience = 1000;
/** Between two tries. Milliseconds. */
const interval = 2000;
/** A second sign of the same change of network comes within this time. Milliseconds. */
const oneChange = 1000;
/** How often a new path is asked for until it is back. */
export const maxRestarts = 15;

type RestartMessage = Extract<SignalBody, { type: "restart" | "restart-answer" }>;
type Restart = Extract<RestartMessage, { type: "restart" }>;
type RestartAnswer = Extract<RestartMessage, { type: "restart-answer" }>;

/** The path of a connected call was lost: the screen says so at once, and a new one is asked for after a moment. */
export function pathLost(model: CallModel, now: number): Step {
  const milliseconds = model.settings.reconnectMilliseconds;
  const lost: CallModel = {
    ...model,
    state: "reconnecting",
    reconnection: { since: now, until: now + milliseconds, attempts: 0, trying: "wait" },
  };
  return then(step(lost, { type: "start-timer", name: "reconnect", milliseconds }), (waiting) => {
    if (!waiting.canRestart) return step(waiting);
    return waiting.path === "failed"
      ? askForPath(waiting, now)
      : step(waiting, { type: "start-timer", name: "restart", milliseconds: patience });
  });
}

/** The transport tells of its path while a lost one is looked for. */
export function pathChangedWhileLost(model: CallModel, path: PathState, now: number): Step {
  if (path === "connected") {
    return step(
      { ...model, state: "connected", reconnection: null, reconnections: model.reconnections + 1 },
      { type: "stop-timer", name: "reconnect" },
      { type: "stop-timer", name: "restart" },
    );
  }
  // Nothing comes any more without a new offer, and none is under way.
  return path === "failed" && !model.restartPending && model.reconnection?.trying !== "check"
    ? askForPath(model, now)
    : step(model);
}

/** It is time for another try. */
export function restartTimedOut(model: CallModel, now: number): Step {
  return model.state === "reconnecting" ? askForPath(model, now) : step(model);
}

/** This device has another network, or has one again: the path in use may be the worse one, or about to go. */
export function networkChanged(model: CallModel, now: number): Step {
  const isRunning = model.state === "connected" || model.state === "reconnecting";
  return isRunning && now - model.restartedAt >= oneChange ? askForPath(model, now) : step(model);
}

/** This side's offer or answer is made: it goes both ways, unless the other side's offer has been taken meanwhile. */
export function restartReady(model: CallModel, message: RestartMessage): Step {
  if (!isRunning(model)) return step(model);
  const isStale =
    message.type === "restart"
      ? !model.restartPending || message.attempt !== model.restartAttempt
      : message.attempt !== model.restartTaken;
  if (isStale) return step(model);
  return then(sendControl(model, message), (next) => send(next, message));
}

/** The other side asks for a new path. It comes twice, and perhaps while this side asks, too. */
export function takeRestart(model: CallModel, { attempt, offer }: Restart): Step {
  if (!isRunning(model) || !model.canRestart || attempt <= model.restartTaken) return step(model);
  const stands = model.restartPending && model.state === "reconnecting" && model.direction === "outgoing";
  if (stands) return step(model);
  const taken: CallModel = { ...model, restartTaken: attempt, restartPending: false };
  return then(step(checking(taken), { type: "answer-restart", attempt, offer }), nextTryLater);
}

/** The other side's answer to this side's offer. */
export function takeRestartAnswer(model: CallModel, { attempt, answer }: RestartAnswer): Step {
  if (!isRunning(model) || !model.restartPending || attempt !== model.restartAttempt) return step(model);
  const answered: CallModel = { ...model, restartPending: false };
  return then(step(checking(answered), { type: "apply-restart-answer", answer }), nextTryLater);
}

function askForPath(model: CallModel, now: number): Step {
  const attempts = (model.reconnection?.attempts ?? 0) + 1;
  if (!model.canRestart || attempts > maxRestarts) return step(model);
  const attempt = model.restartAttempt + 1;
  const asking: CallModel = {
    ...model,
    restartAttempt: attempt,
    restartPending: true,
    restartedAt: now,
    reconnection: model.reconnection && { ...model.reconnection, attempts, trying: "ask" },
  };
  return then(step(asking, { type: "restart-path", attempt }), nextTryLater);
}

function nextTryLater(model: CallModel): Step {
  return model.state === "reconnecting"
    ? step(model, { type: "start-timer", name: "restart", milliseconds: interval })
    : step(model);
}

function checking(model: CallModel): CallModel {
  return { ...model, reconnection: model.reconnection && { ...model.reconnection, trying: "check" } };
}

function isRunning({ state }: CallModel): boolean {
  return state === "connected" || state === "reconnecting";
}
