import type { CallErrorCode } from "../../errors.ts";
import type { SignalBody } from "../../signalling/messages.ts";
import type { CallModel } from "../state/model.ts";
import { maxOfOneGeneration } from "../state/candidates.ts";
import {
  checking,
  hasRestarted,
  requesting,
  restored,
  type ReconnectionState,
} from "../state/reconnection.ts";
import type { PathState } from "../terms.ts";
import { pathRestored } from "./adaptation.ts";
import { andThen, send, sendControl, sendProof, step, type Step } from "./step.ts";

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

/** The path of a connected call was lost: the screen shows so at once, and a new one is requested after a moment. */
export function pathLost(model: CallModel, now: number): Step {
  const milliseconds = model.settings.reconnectMilliseconds;
  const current = { since: now, until: now + milliseconds, attempts: 0, trying: "wait" } as const;
  const lost: CallModel = {
    ...model,
    state: "reconnecting",
    reconnection: { ...model.reconnection, current },
  };
  return andThen(
    step(lost, { type: "start-timer", name: "reconnect", milliseconds }),
    (waiting) => {
      if (!waiting.reconnection.canRestart) return step(waiting);
      return waiting.path.state === "failed"
        ? requestPath(waiting, now)
        : step(waiting, { type: "start-timer", name: "restart", milliseconds: patience });
    },
  );
}

/** The transport reports its path while a lost one is looked for. */
export function pathChangedWhileLost(model: CallModel, path: PathState, now: number): Step {
  const { reconnection } = model;
  if (path === "connected") {
    return andThen(
      step(
        { ...model, state: "connected", reconnection: restored(reconnection) },
        { type: "stop-timer", name: "reconnect" },
        { type: "stop-timer", name: "restart" },
      ),
      (back) => pathRestored(back, now),
    );
  }
  // Nothing comes any more without a new offer, and none is under way.
  const isIdle = !reconnection.isPending && reconnection.current?.trying !== "check";
  return path === "failed" && isIdle ? requestPath(model, now) : step(model);
}

/** The transport reports its path while the call is set up. Once a new one was requested, the tries follow their own timer. */
export function pathChangedInSetUp(model: CallModel, now: number): Step {
  const { state } = model.path;
  const isLost = state === "disconnected" || state === "failed";
  return isLost && !hasRestarted(model.reconnection) ? requestWhenSettled(model, now) : step(model);
}

/** Both sides have described themselves: a new path that was wanted before can be requested now. */
export function requestIfDue(model: CallModel, now: number): Step {
  const { reconnection } = model;
  return reconnection.isDue
    ? requestPath({ ...model, reconnection: { ...reconnection, isDue: false } }, now)
    : step(model);
}

/** It is time for another try. */
export function restartTimedOut(model: CallModel, now: number): Step {
  return isWithoutPath(model) ? requestPath(model, now) : step(model);
}

/** This device has another network, or has one again: the path in use may be the worse one, or about to go. */
export function networkChanged(model: CallModel, now: number): Step {
  const { requestedAt } = model.reconnection;
  return now - requestedAt >= oneChange ? requestWhenSettled(model, now) : step(model);
}

/**
 * The counters were read. Where the old path came back while another one was awaited, its search is kept up: Firefox ends the call's
 * DTLS with it, whatever else works.
 */
export function checkPath(model: CallModel, now: number): Step {
  const { state, identity, protection, reconnection } = model;
  const isSearching = protection.measurements.at(-1)?.searching === true;
  const isDue =
    state === "connected" &&
    isSearching &&
    identity.direction === "outgoing" &&
    now - reconnection.requestedAt >= interval;
  return isDue ? requestPath(model, now) : checkSilence(model, now);
}

/**
 * The counters were read, and the call is connected as far as the transport knows: engines report `disconnected` only after 5 seconds
 * without an answer. The other side's microphone is on, so that packets must come all the time (no pauses, RFC 6562): where
 * none has come for a second the path is lost or another one. One that heals by itself loses nothing by a new one.
 */
function checkSilence(model: CallModel, now: number): Step {
  const { state, remote, protection, reconnection } = model;
  const arrived = protection.measurements.map(({ tracks }) =>
    tracks.reduce((sum, track) => sum + track.arrived, 0),
  );
  const [last = 0] = arrived.slice(-1);
  const recent = arrived.slice(-silentLooks - 1);
  const isSilent =
    last > 0 && recent.length > silentLooks && recent.every((count) => count === last);
  const { requestedAt, silentTries } = reconnection;
  const tried = (count: number): CallModel =>
    count === silentTries
      ? model
      : { ...model, reconnection: { ...reconnection, silentTries: count } };
  if (!isSilent) return step(tried(0));
  const isDue =
    state === "connected" &&
    remote.microphone &&
    now - requestedAt >= oneChange &&
    silentTries < maxSilentTries;
  return isDue ? requestPath(tried(silentTries + 1), now) : step(model);
}

/** A number far ahead is forged: taken, it would hide every honest request from then on. */
function isNextRequest(attempt: number, { receivedAttempt }: ReconnectionState): boolean {
  return attempt > receivedAttempt && attempt <= receivedAttempt + maxRestarts;
}

/** A new path came to nothing: nothing has changed, and what was tried is tried again. */
export function restartFailed(model: CallModel, code: CallErrorCode): Step {
  const next = { ...model, reconnection: { ...model.reconnection, isAnswering: false } };
  return step(next, { type: "report", code });
}

/** This side's offer or answer is made: it goes both ways, unless it is not the last one any more. */
export function restartReady(before: CallModel, message: RestartMessage): Step {
  const model: CallModel =
    message.type === "restart"
      ? before
      : { ...before, reconnection: { ...before.reconnection, isAnswering: false } };
  const { isPending, attempt, receivedAttempt } = model.reconnection;
  const isCurrent =
    message.type === "restart"
      ? isPending && message.attempt === attempt
      : message.attempt === receivedAttempt;
  return isSettled(model) && isCurrent ? sendBothWays(model, message) : step(model);
}

/** The other side requests a new path: the caller with an offer, the callee without. Each request comes twice. */
export function receiveRestart(model: CallModel, { attempt, offer }: Restart, now: number): Step {
  const { reconnection, identity, candidates } = model;
  if (!reconnection.canRestart || !isNextRequest(attempt, reconnection)) return step(model);
  const received = { ...reconnection, receivedAttempt: attempt };
  const isCaller = identity.direction === "outgoing";
  if (!isSettled(model)) {
    // It has overtaken the answer, or this side's own work on that.
    const isAhead = isCaller && (model.state !== "connecting" || candidates.isTrickling);
    return step(isAhead ? { ...model, reconnection: { ...received, isDue: true } } : model);
  }
  if (isCaller) {
    // An offer of a moment ago serves both. One that has waited for its answer for long was lost, and is made anew.
    const { isPending, requestedAt } = reconnection;
    const isServed = now - requestedAt < (isPending ? interval : oneChange);
    const next = { ...model, reconnection: received };
    return isServed ? step(next) : requestPath(next, now);
  }
  if (offer === undefined) return step({ ...model, reconnection: received });
  // The engine answers one at a time. The caller asks again for what was passed over.
  if (reconnection.isAnswering) return step(model);
  const answering: CallModel = {
    ...model,
    reconnection: { ...checking(received), isAnswering: true },
    candidates: { ...candidates, left: maxOfOneGeneration },
  };
  return andThen(step(answering, { type: "answer-restart", attempt, offer }), scheduleNextTry);
}

/** The other side's answer to this side's offer. */
export function receiveRestartAnswer(model: CallModel, { attempt, answer }: RestartAnswer): Step {
  const { reconnection } = model;
  if (!isSettled(model) || !reconnection.isPending || attempt !== reconnection.attempt)
    return step(model);
  const answered: CallModel = {
    ...model,
    reconnection: checking(reconnection),
    candidates: { ...model.candidates, left: maxOfOneGeneration },
  };
  return andThen(
    andThen(step(answered, { type: "apply-restart-answer", answer }), scheduleNextTry),
    repeatProof,
  );
}

/** By the host's channel too: the callee may still wait for the proof, and the new path is not there yet. */
function repeatProof(model: CallModel): Step {
  const { ownProof } = model.keys;
  return ownProof === null
    ? step(model)
    : andThen(sendProof(model), (next) => send(next, { type: "confirm", ...ownProof }));
}

/** Requests a new path: at once, or as soon as the two sides have described themselves to each other. */
function requestWhenSettled(model: CallModel, now: number): Step {
  if (isSettled(model)) return requestPath(model, now);
  // The callee has no connection before it accepts.
  if (model.state === "incoming") return step(model);
  return step({ ...model, reconnection: { ...model.reconnection, isDue: true } });
}

function requestPath(model: CallModel, now: number): Step {
  const attempts = triesOf(model) + 1;
  if (!model.reconnection.canRestart || attempts > maxRestarts) return step(model);
  const reconnection = requesting(model.reconnection, attempts, now);
  const { attempt } = reconnection;
  const asking: CallModel = { ...model, reconnection };
  const asked =
    model.identity.direction === "outgoing"
      ? step(asking, { type: "restart-path", attempt })
      : sendBothWays(asking, { type: "restart", attempt });
  return andThen(asked, scheduleNextTry);
}

function sendBothWays(model: CallModel, message: RestartMessage): Step {
  return andThen(sendControl(model, message), (next) => send(next, message));
}

/**
 * Each try makes the one before it worthless: over a slow host channel an answer must have time to come back before the next. But
 * Firefox gives the search up where nothing is negotiated for 5 s.
 */
function scheduleNextTry(model: CallModel): Step {
  if (!isWithoutPath(model)) return step(model);
  const slower = interval + patience * Math.max(0, triesOf(model) - 1);
  const milliseconds = Math.min(longestInterval, slower);
  return step(model, { type: "start-timer", name: "restart", milliseconds });
}

/** How often a new path was requested: since it was lost, or since the call is set up. */
function triesOf({ state, reconnection }: CallModel): number {
  return reconnection.current?.attempts ?? (state === "connecting" ? reconnection.attempt : 0);
}

/** Whether both sides have described themselves by `sx-call/1`: in other protocols a call that is set up has nobody to ask. */
function isSettled({ state, candidates, keys }: CallModel): boolean {
  return (
    state === "connected" ||
    state === "reconnecting" ||
    (state === "connecting" && candidates.isTrickling && keys.isAgreed)
  );
}

/** Whether such a call has no path. */
function isWithoutPath(model: CallModel): boolean {
  return model.state !== "connected" && isSettled(model);
}
