import type { SignalCandidate } from "../../signalling/messages.ts";
import type { Candidates } from "../state/candidates.ts";
import type { CallModel } from "../state/model.ts";
import type { Path, ServerFailure } from "../state/path.ts";
import { hasRestarted } from "../state/reconnection.ts";
import { andThen, send, sendControl, step, type Step } from "./step.ts";

/** Maximum number of candidates per message. */
const maxBatch = 16;

/** Handles candidates of this side: sends them once the callee has accepted, and holds them before. */
export function foundCandidates(
  before: CallModel,
  candidates: readonly SignalCandidate[],
  isEnd: boolean,
): Step {
  const model: CallModel = { ...before, path: withFound(before.path, candidates) };
  return model.candidates.isTrickling
    ? sendCandidates(model, candidates, isEnd)
    : step({ ...model, candidates: withHeld(model.candidates, candidates, isEnd) });
}

/** Starts sending this side's candidates, the held ones first. */
export function startTrickling(model: CallModel): Step {
  const { held, isHeldEnd } = model.candidates;
  const trickling: CallModel = {
    ...model,
    candidates: { ...model.candidates, isTrickling: true, held: [], isHeldEnd: false },
  };
  return held.length > 0 || isHeldEnd
    ? sendCandidates(trickling, held, isHeldEnd)
    : step(trickling);
}

function sendCandidates(
  model: CallModel,
  candidates: readonly SignalCandidate[],
  isEnd: boolean,
): Step {
  const rest = candidates.slice(maxBatch);
  const isLast = rest.length === 0;
  const message = {
    type: "candidates",
    candidates: candidates.slice(0, maxBatch),
    ...(isLast && isEnd ? { end: true } : {}),
  } as const;
  // Candidates of a restart also use the faster data channel, which does not exist during set-up.
  const direct = hasRestarted(model.reconnection) ? sendControl(model, message) : step(model);
  const sent = andThen(direct, (next) => send(next, message));
  return isLast ? sent : andThen(sent, (next) => sendCandidates(next, rest, isEnd));
}

/** Maximum number of remembered failures: one for each transport of a few servers. */
const maxFailures = 16;

/** Counts this side's candidates by type (RFC 8839 section 5.1: `typ host`, `srflx`, `prflx`, `relay`). */
export function withFound(path: Path, candidates: readonly { readonly candidate: string }[]): Path {
  let { host, reflexive, relay } = path.found;
  for (const { candidate } of candidates) {
    if (/ typ relay(?: |$)/.test(candidate)) relay += 1;
    else if (/ typ (?:srflx|prflx)(?: |$)/.test(candidate)) reflexive += 1;
    else if (candidate !== "") host += 1;
  }
  return { ...path, found: { host, reflexive, relay } };
}

/** Remembers a failed server. */
export function withFailure(path: Path, failure: ServerFailure): Path {
  const isKnown = path.failures.some(
    ({ server, code }) => server === failure.server && code === failure.code,
  );
  return isKnown ? path : { ...path, failures: [...path.failures, failure].slice(-maxFailures) };
}

/** Holds this side's candidates. */
export function withHeld(
  state: Candidates,
  candidates: readonly SignalCandidate[],
  isEnd: boolean,
): Candidates {
  return {
    ...state,
    held: [...state.held, ...candidates],
    isHeldEnd: state.isHeldEnd || isEnd,
  };
}
