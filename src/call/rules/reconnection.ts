import type { CallErrorCode } from "../../errors.ts";
import type { SignalBody } from "../../signalling/messages.ts";
import type { CallModel, RestartPace } from "../state/model.ts";
import { maxOfOneGeneration, hasRestarted, type ReconnectionState } from "../state/path.ts";
import { talkFrom, talkUntil } from "../state/times.ts";
import type { PathState } from "../terms.ts";
import type { CallEffect } from "../events.ts";
import { pathRestored } from "./adaptation.ts";
import { end, fail } from "./ending.ts";
import { andThen, send, sendControl, step, type Step } from "./step.ts";

/*
 * ICE restart (RFC 8445 section 9) of a lost path: keys survive a change of addresses. Either side may request one, over the
 * data channel and the host's channel in parallel; the first arrival counts. Only the caller makes offers, on the callee's
 * request. Offers therefore never collide, and none is rolled back. After a rollback (perfect negotiation) Chromium 156
 * recreates the video receive stream without the frame transform, and no picture is decoded any more. The cost is one more
 * message where only the callee notices the loss.
 *
 * A call during set-up restarts ICE in the same way over the host's channel. A change that is noticed before both sides have
 * exchanged descriptions waits for them. An answer on its way would not match a new offer, and no address is sent before the
 * accept.
 */

/** Milliseconds between two attempts. */
const interval = 2000;
/** Debounce for network changes, and minimum gap between attempts without incoming packets. Milliseconds. */
const oneChange = 1000;
/** Number of readings, two per second, without new packets before the path counts as silent. */
const silentLooks = 2;
/** Maximum number of restarts for one lost path. */
export const maxRestarts = 15;

const ownPace: RestartPace = {
  // A lost path often recovers.
  patience: 1000,
  ...{ interval, longestInterval: 4000, tries: maxRestarts },
  // By then the transport has mostly noticed the loss.
  silentTries: 5,
};

const paceOf = ({ settings }: CallModel) => settings.restartPace ?? ownPace;

type RestartMessage = Extract<SignalBody, { type: "restart" | "restart-answer" }>;
type Restart = Extract<RestartMessage, { type: "restart" }>;
type RestartAnswer = Extract<RestartMessage, { type: "restart-answer" }>;

/** Handles the loss of a connected path: the screen shows it at once, and a restart is requested after a moment. */
export function pathLost(model: CallModel, now: number): Step {
  const milliseconds = model.settings.reconnectMilliseconds;
  const current = { since: now, until: now + milliseconds, attempts: 0, trying: "wait" } as const;
  const lost: CallModel = {
    ...model,
    state: "reconnecting",
    times: talkUntil(model.times, model.protection.measurements, now),
    reconnection: { ...model.reconnection, current },
  };
  return andThen(
    step(lost, { type: "start-timer", name: "reconnect", milliseconds }),
    (waiting) => {
      if (!waiting.reconnection.canRestart) return step(waiting);
      return waiting.path.state === "failed"
        ? requestPath(waiting, now)
        : step(waiting, {
            type: "start-timer",
            name: "restart",
            milliseconds: paceOf(waiting).patience,
          });
    },
  );
}

/** The other side's page goes away, and may come back: until then nothing is seen or heard of it, and no frozen picture is shown. */
export function peerAway(model: CallModel, now: number): Step {
  const away: CallModel = { ...model, reconnection: { ...model.reconnection, isAway: true } };
  switch (model.state) {
    case "connected": {
      const [lost, effects] = pathLost(away, now);
      // Nobody is there to be asked for another path.
      return step(lost, ...effects.filter((effect) => !isAsking(effect)));
    }
    case "reconnecting":
      return step(away);
    default:
      return step(model);
  }
}

function isAsking(effect: CallEffect): boolean {
  return effect.type === "start-timer" && effect.name === "restart";
}

/** The other side is heard again: its page has not gone after all. */
export function peerBack(model: CallModel, now: number): Step {
  const { state, path, reconnection } = model;
  if (!reconnection.isAway) return step(model);
  const back: CallModel = { ...model, reconnection: { ...reconnection, isAway: false } };
  return state === "reconnecting" && path.state === "connected"
    ? pathChangedWhileLost(back, "connected", now)
    : step(back);
}

/** The time for a lost path is over. Who went away and did not come back has left the call: nothing has failed. */
export function reconnectTimedOut(model: CallModel, now: number): Step {
  if (model.state !== "reconnecting") return step(model);
  return model.reconnection.isAway
    ? end(model, { reason: "hung-up", by: "remote", problem: null }, "hung-up", now)
    : fail(model, "connection-failed", now);
}

/** Handles a path state during a reconnection. */
export function pathChangedWhileLost(model: CallModel, path: PathState, now: number): Step {
  const { reconnection } = model;
  if (path === "connected") {
    return andThen(
      step(
        {
          ...model,
          state: "connected",
          times: talkFrom(model.times, now),
          reconnection: restored(reconnection),
        },
        { type: "stop-timer", name: "reconnect" },
        { type: "stop-timer", name: "restart" },
      ),
      (back) => andThen(pathRestored(back, now), (next) => continueSearch(next, now)),
    );
  }
  // Without a pending offer nothing more can arrive.
  const isIdle = !reconnection.isPending && reconnection.current?.trying !== "check";
  return path === "failed" && isIdle ? requestPath(model, now) : step(model);
}

/** Handles a path state during set-up. After the first restart the attempts follow their own timer. */
export function pathChangedInSetUp(model: CallModel, now: number): Step {
  const { state } = model.path;
  const isLost = state === "disconnected" || state === "failed";
  return isLost && !hasRestarted(model.reconnection) ? requestWhenSettled(model, now) : step(model);
}

/** Requests a waiting restart after both sides have exchanged descriptions. */
export function requestIfDue(model: CallModel, now: number): Step {
  const { reconnection } = model;
  return reconnection.isDue
    ? requestPath({ ...model, reconnection: { ...reconnection, isDue: false } }, now)
    : step(model);
}

/** Handles the timer of the next attempt. */
export function restartTimedOut(model: CallModel, now: number): Step {
  return isWithoutPath(model) ? requestPath(model, now) : step(model);
}

/** Handles a changed or restored network: the present path may be worse, or about to fail. */
export function networkChanged(model: CallModel, now: number): Step {
  const { requestedAt } = model.reconnection;
  return now - requestedAt >= oneChange ? requestWhenSettled(model, now) : step(model);
}

/** Handles a reading of the counters. If the old path came back during a search, the search is continued. */
export function checkPath(model: CallModel, now: number): Step {
  const { state, reconnection } = model;
  const isDue = state === "connected" && now - reconnection.requestedAt >= interval;
  if (hasStayed(model, now)) return peerBack(model, now);
  return isDue && isSearching(model) ? requestPath(model, now) : checkSilence(model, now);
}

/**
 * Negotiates once more after the path is back, because the last attempt may be long ago. An engine without negotiation ends
 * its search after a while, and Firefox ends the call's DTLS with it.
 */
function continueSearch(model: CallModel, now: number): Step {
  const isDue = now - model.reconnection.requestedAt >= oneChange;
  return isDue && isSearching(model) ? requestPath(model, now) : step(model);
}

/** Returns `true` for a caller, who makes the offers, while the requested path is awaited. */
function isSearching({ identity, protection }: CallModel): boolean {
  return identity.direction === "outgoing" && protection.measurements.at(-1)?.searching === true;
}

/** Milliseconds within which packets sent before the page was unloaded have arrived. */
const lastPackets = 3000;

/** Returns `true` if the other side's page has announced that it is unloaded, but still sends audio or video. */
function hasStayed({ reconnection, path, protection }: CallModel, now: number): boolean {
  const { isAway, current } = reconnection;
  if (!isAway || current === null || path.state !== "connected") return false;
  const [before = 0, last = 0] = protection.measurements
    .slice(-2)
    .map(({ tracks }) => tracks.reduce((sum, { arrived }) => sum + arrived, 0));
  return now - current.since >= lastPackets && last > before;
}

/**
 * Detects a silent path while the transport still reports `connected`: engines report `disconnected` only after 5 seconds. The
 * other side's microphone is on, and its packets have no pauses (RFC 6562): a second without any means a lost or changed path.
 * A restart does no harm to a path that recovers.
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
  // As many again, each after twice the time: a minute in all, after which the path is not the cause.
  const quick = paceOf(model).silentTries;
  const tried = (count: number): CallModel =>
    count === silentTries
      ? model
      : { ...model, reconnection: { ...reconnection, silentTries: count } };
  if (!isSilent) return step(tried(0));
  const isDue =
    state === "connected" &&
    remote.microphone &&
    silentTries < 2 * quick &&
    now - requestedAt >= oneChange * 2 ** Math.max(0, silentTries - quick + 1);
  return isDue ? requestPath(tried(silentTries + 1), now) : step(model);
}

/** Rejects numbers far ahead as forged: accepting one would hide all later requests. */
function isNextRequest(attempt: number, { receivedAttempt }: ReconnectionState): boolean {
  return attempt > receivedAttempt && attempt <= receivedAttempt + maxRestarts;
}

/** Handles a failed restart: nothing has changed, and the attempt is repeated. */
export function restartFailed(model: CallModel, code: CallErrorCode): Step {
  const next = { ...model, reconnection: { ...model.reconnection, isAnswering: false } };
  return step(next, { type: "report", code });
}

/** Sends this side's offer or answer over both channels, unless it is outdated. */
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

/** Handles the other side's request: with an offer from the caller, without one from the callee. Each request arrives twice. */
export function receiveRestart(model: CallModel, { attempt, offer }: Restart, now: number): Step {
  const { reconnection, identity, candidates } = model;
  if (!reconnection.canRestart || !isNextRequest(attempt, reconnection)) return step(model);
  const received = { ...reconnection, receivedAttempt: attempt };
  const isCaller = identity.direction === "outgoing";
  if (!isSettled(model)) {
    // It overtook the answer, or this side's processing of it.
    const isAhead = isCaller && (model.state !== "connecting" || candidates.isTrickling);
    return step(isAhead ? { ...model, reconnection: { ...received, isDue: true } } : model);
  }
  if (isCaller) {
    // A recent offer serves both requests. An offer without an answer for long was lost, and is repeated.
    const { isPending, requestedAt } = reconnection;
    const isServed = now - requestedAt < (isPending ? interval : oneChange);
    const next = { ...model, reconnection: received };
    return isServed ? step(next) : requestPath(next, now);
  }
  if (offer === undefined) return step({ ...model, reconnection: received });
  // The engine answers one offer at a time. The caller repeats a skipped one.
  if (reconnection.isAnswering) return step(model);
  const answering: CallModel = {
    ...model,
    reconnection: { ...checking(received), isAnswering: true },
    candidates: { ...candidates, left: maxOfOneGeneration },
  };
  return andThen(step(answering, { type: "answer-restart", attempt, offer }), scheduleNextTry);
}

/** Handles the other side's answer to this side's offer. */
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

/** Also over the host's channel: the callee may still wait for the proof, without a path yet. */
function repeatProof(model: CallModel): Step {
  const { ownProof } = model.keys;
  return ownProof === null
    ? step(model)
    : andThen(sendProof(model), (next) => send(next, { type: "confirm", ...ownProof }));
}

/** Requests a restart at once, or after both sides have exchanged descriptions. */
function requestWhenSettled(model: CallModel, now: number): Step {
  if (isSettled(model)) return requestPath(model, now);
  // The callee has no connection before it accepts.
  if (model.state === "incoming") return step(model);
  return step({ ...model, reconnection: { ...model.reconnection, isDue: true } });
}

function requestPath(model: CallModel, now: number): Step {
  const attempts = triesOf(model) + 1;
  if (!model.reconnection.canRestart || attempts > paceOf(model).tries) return step(model);
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
 * Schedules the next attempt, which invalidates the one before: over a slow host channel the answer needs time. Firefox gives
 * up the search without negotiation for 5 s.
 */
function scheduleNextTry(model: CallModel): Step {
  if (!isWithoutPath(model)) return step(model);
  const pace = paceOf(model);
  const slower = pace.interval + pace.patience * Math.max(0, triesOf(model) - 1);
  const milliseconds = Math.min(pace.longestInterval, slower);
  return step(model, { type: "start-timer", name: "restart", milliseconds });
}

/** Returns the number of attempts since the loss, or since set-up. */
function triesOf({ state, reconnection }: CallModel): number {
  return reconnection.current?.attempts ?? (state === "connecting" ? reconnection.attempt : 0);
}

/**
 * Returns `true` once both sides have exchanged `sx-call/1` descriptions. In other protocols a call in set-up cannot be
 * restarted.
 */
function isSettled({ state, candidates, keys }: CallModel): boolean {
  return (
    state === "connected" ||
    state === "reconnecting" ||
    (state === "connecting" && candidates.isTrickling && keys.isAgreed)
  );
}

/** Returns `true` for such a call without a path. */
function isWithoutPath(model: CallModel): boolean {
  return model.state !== "connected" && isSettled(model);
}

/** Records a recovered path. */
function restored(state: ReconnectionState): ReconnectionState {
  return { ...state, current: null, isAway: false, count: state.count + 1 };
}

/** Records a request for an ICE restart by this side. */
function requesting(state: ReconnectionState, attempts: number, now: number): ReconnectionState {
  return {
    ...state,
    attempt: state.attempt + 1,
    isPending: true,
    requestedAt: now,
    current: state.current && { ...state.current, attempts, trying: "ask" },
  };
}

/** Records that both sides have described the new path and candidate pairs are being checked. */
function checking(state: ReconnectionState): ReconnectionState {
  return {
    ...state,
    isPending: false,
    current: state.current && { ...state.current, trying: "check" },
  };
}

/** Sends the caller's key proof on the data channel. It is idempotent for the callee, whose call waits for it. */
export function sendProof(model: CallModel): Step {
  const { ownProof } = model.keys;
  return ownProof === null ? step(model) : sendControl(model, { type: "confirm", ...ownProof });
}
