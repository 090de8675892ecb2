import type { SignalCandidate } from "../../signalling/messages.ts";
import { withEarly, withHeld } from "../state/candidates.ts";
import type { PeerDevice } from "../state/exchange.ts";
import type { CallModel } from "../state/model.ts";
import { withFound } from "../state/path.ts";
import { hasRestarted } from "../state/reconnection.ts";
import { andThen, send, sendControl, step, type Step } from "./step.ts";

/** As many as one message may carry. */
const maxBatch = 16;

/** This side has found candidates: they leave if the callee has accepted, else they wait for it. */
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

/** The other side's candidates. On the caller's side they wait for the `accept` that they overtook. */
export function receiveCandidates(
  before: CallModel,
  all: readonly SignalCandidate[],
  { id }: PeerDevice = { id: null },
): Step {
  const candidates = all.slice(0, before.candidates.left);
  const received = before.path.received + candidates.length;
  const model: CallModel = { ...before, path: { ...before.path, received } };
  switch (model.state) {
    case "inviting":
    case "ringing":
      return step({ ...model, candidates: withEarly(model.candidates, candidates, id) });
    case "connecting":
    case "connected":
    case "reconnecting":
      return candidates.length === 0 ? step(model) : addCandidates(model, candidates);
    default:
      return step(model);
  }
}

/** A description has so many candidates and no more: an engine checks each with each of its own. */
function addCandidates(model: CallModel, candidates: readonly SignalCandidate[]): Step {
  const left = model.candidates.left - candidates.length;
  return step(
    { ...model, candidates: { ...model.candidates, left } },
    { type: "add-candidates", candidates },
  );
}

/** From now on this side's candidates may leave, those that were held first. */
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
  // Those of a new path also go where they are quickest. In the set-up there is no such way yet.
  const direct = hasRestarted(model.reconnection) ? sendControl(model, message) : step(model);
  const sent = andThen(direct, (next) => send(next, message));
  return isLast ? sent : andThen(sent, (next) => sendCandidates(next, rest, isEnd));
}
