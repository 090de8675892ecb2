import type { SignalBody } from "../../signalling/messages.ts";
import { pathIsBack } from "../state/adaptation.ts";
import type { CallModel, PathState } from "../state/model.ts";
import { send, sendControl, step, then } from "./step.ts";
import type { Step } from "./step.ts";

/*
 * A path that is lost: the call lives on its keys, not on its addresses (RFC 8445 section 9: ICE restart). Either side may ask for
 * a new path, over the data channel and over the host's channel at the same time; whichever arrives first counts. Only the
 * caller makes offers of one: the callee asks it to. So two offers never meet and none is ever taken back (perfect negotiation's
 * rollback): after one, Chromium 156 makes the picture's receiving stream anew and leaves the frame transform behind, so that no
 * picture is decoded any more. The price is one more trip where the callee alone has noticed.
 *
 * A call that is set up looks for a new path in the same way, over the host's channel. What is noticed before the two sides have
 * described themselves waits for that: an answer on its way would not fit a new offer, and no address leaves before the accept.
 */

/** How long a path may be silent before a new one is asked for: it often heals by itself. Milliseconds. */
const patience = 1000;
/** Between two tries. Milliseconds. */
const interval = 2000;
const longestInterval = 4000;
/** A second sign of the same change of network comes within this time. So long, too, between two tries in a silence. Milliseconds. */
const oneChange = 1000;
/** How many looks at the counters, two a second, may find nothing new before the path counts as silent. */
const silentLooks = 2;
/** How often a new path is asked for in one silence. The transport knows by then, and goes on; or the path is not to blame. */
const maxSilentTries = 5;
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
    return then(
      step(
        {
          ...model,
          state: "connected",
          reconnection: null,
          reconnections: model.reconnections + 1,
        },
        { type: "stop-timer", name: "reconnect" },
        { type: "stop-timer", name: "restart" },
      ),
      (back) => pathIsBack(back, now),
    );
  }
  // Nothing comes any more without a new offer, and none is under way.
  return path === "failed" && !model.restartPending && model.reconnection?.trying !== "check"
    ? askForPath(model, now)
    : step(model);
}

/** Whether a new path was ever asked for, by either side. */
export function hasRestarted({ restartAttempt, restartTaken }: CallModel): boolean {
  return restartAttempt > 0 || restartTaken > 0;
}

/** The transport tells of its path while the call is set up. Once a new one was asked for, the tries follow their own timer. */
export function pathChangedInSetUp(model: CallModel, now: number): Step {
  const isLost = model.path === "disconnected" || model.path === "failed";
  return isLost && !hasRestarted(model) ? askWhenSettled(model, now) : step(model);
}

/** Both sides have described themselves: a new path that was wanted before can be asked for now. */
export function askIfDue(model: CallModel, now: number): Step {
  return model.restartDue ? askForPath({ ...model, restartDue: false }, now) : step(model);
}

/** It is time for another try. */
export function restartTimedOut(model: CallModel, now: number): Step {
  return isLooking(model) ? askForPath(model, now) : step(model);
}

/** This device has another network, or has one again: the path in use may be the worse one, or about to go. */
export function networkChanged(model: CallModel, now: number): Step {
  return now - model.restartedAt >= oneChange ? askWhenSettled(model, now) : step(model);
}

/**
 * The counters were read. Where the old path came back while another one was awaited, its search is kept up: Firefox ends the call's
 * DTLS with it, whatever else works.
 */
export function lookAtPath(model: CallModel, now: number): Step {
  const { state, direction, measurements, restartedAt } = model;
  const isAwaited =
    state === "connected" && measurements.slice(-1).some(({ searching }) => searching);
  const isDue = isAwaited && direction === "outgoing" && now - restartedAt >= interval;
  return isDue ? askForPath(model, now) : listenForSilence(model, now);
}

/**
 * The counters were read, and the call is connected as far as the transport knows: engines say `disconnected` only after 5 seconds
 * without an answer. The other side's microphone is on, so that packets must come all the time (no pauses, RFC 6562): where
 * none has come for a second the path is lost or another one. One that heals by itself loses nothing by a new one.
 */
function listenForSilence(model: CallModel, now: number): Step {
  const arrived = model.measurements.map(({ tracks }) =>
    tracks.reduce((sum, track) => sum + track.arrived, 0),
  );
  const [last = 0] = arrived.slice(-1);
  const lookedAt = arrived.slice(-silentLooks - 1);
  const isSilent =
    last > 0 && lookedAt.length > silentLooks && lookedAt.every((count) => count === last);
  if (!isSilent) return step(model.silentTries === 0 ? model : { ...model, silentTries: 0 });
  const { state, remote, restartedAt, silentTries } = model;
  const isDue =
    state === "connected" &&
    remote.microphone &&
    now - restartedAt >= oneChange &&
    silentTries < maxSilentTries;
  return isDue ? askForPath({ ...model, silentTries: silentTries + 1 }, now) : step(model);
}

/** This side's offer or answer is made: it goes both ways, unless it is not the last one any more. */
export function restartReady(model: CallModel, message: RestartMessage): Step {
  if (!isSettled(model)) return step(model);
  const isStale =
    message.type === "restart"
      ? !model.restartPending || message.attempt !== model.restartAttempt
      : message.attempt !== model.restartTaken;
  if (isStale) return step(model);
  return sendBothWays(model, message);
}

/** The other side asks for a new path: the caller with an offer, the callee for one. Each comes twice. */
export function takeRestart(model: CallModel, { attempt, offer }: Restart, now: number): Step {
  if (!model.canRestart || attempt <= model.restartTaken) return step(model);
  const taken: CallModel = { ...model, restartTaken: attempt };
  if (!isSettled(model)) {
    // It has overtaken the answer, or this side's own work on that.
    const isAhead =
      model.direction === "outgoing" && (model.state !== "connecting" || model.trickling);
    return step(isAhead ? { ...taken, restartDue: true } : model);
  }
  if (model.direction === "outgoing") {
    // An offer of a moment ago serves both. One that has waited for its answer for long was lost, and is made anew.
    const isServed = now - model.restartedAt < (model.restartPending ? interval : oneChange);
    return isServed ? step(taken) : askForPath(taken, now);
  }
  if (offer === undefined) return step(taken);
  return then(
    step(checking({ ...taken, restartPending: false }), { type: "answer-restart", attempt, offer }),
    nextTryLater,
  );
}

/** The other side's answer to this side's offer. */
export function takeRestartAnswer(model: CallModel, { attempt, answer }: RestartAnswer): Step {
  if (!isSettled(model) || !model.restartPending || attempt !== model.restartAttempt)
    return step(model);
  const answered: CallModel = { ...model, restartPending: false };
  return then(step(checking(answered), { type: "apply-restart-answer", answer }), nextTryLater);
}

/** Asks for a new path: at once, or as soon as the two sides have described themselves to each other. */
function askWhenSettled(model: CallModel, now: number): Step {
  if (isSettled(model)) return askForPath(model, now);
  // The callee has no connection before it accepts.
  return step(model.state === "incoming" ? model : { ...model, restartDue: true });
}

function askForPath(model: CallModel, now: number): Step {
  const attempts = triesOf(model) + 1;
  if (!model.canRestart || attempts > maxRestarts) return step(model);
  const attempt = model.restartAttempt + 1;
  const asking: CallModel = {
    ...model,
    restartAttempt: attempt,
    restartPending: true,
    restartedAt: now,
    reconnection: model.reconnection && { ...model.reconnection, attempts, trying: "ask" },
  };
  const asked =
    model.direction === "outgoing"
      ? step(asking, { type: "restart-path", attempt })
      : sendBothWays(asking, { type: "restart", attempt });
  return then(asked, nextTryLater);
}

function sendBothWays(model: CallModel, message: RestartMessage): Step {
  return then(sendControl(model, message), (next) => send(next, message));
}

/**
 * Each try makes the one before it worthless: over a slow host channel an answer must have time to come back before the next. But
 * Firefox gives the search up where nothing is negotiated for 5 s.
 */
function nextTryLater(model: CallModel): Step {
  const milliseconds = Math.min(
    longestInterval,
    interval + patience * Math.max(0, triesOf(model) - 1),
  );
  return isLooking(model)
    ? step(model, { type: "start-timer", name: "restart", milliseconds })
    : step(model);
}

function checking(model: CallModel): CallModel {
  return {
    ...model,
    reconnection: model.reconnection && { ...model.reconnection, trying: "check" },
  };
}

/** How often a new path was asked for: since it was lost, or since the call is set up. */
function triesOf({ state, reconnection, restartAttempt }: CallModel): number {
  return reconnection?.attempts ?? (state === "connecting" ? restartAttempt : 0);
}

/** Whether both sides have described themselves by `sx-call/1`: in other protocols a call that is set up has nobody to ask. */
function isSettled({ state, trickling, keysAgreed }: CallModel): boolean {
  return (
    state === "connected" ||
    state === "reconnecting" ||
    (state === "connecting" && trickling && keysAgreed)
  );
}

/** Whether such a call has no path. */
function isLooking(model: CallModel): boolean {
  return model.state !== "connected" && isSettled(model);
}
