import type { SignalCandidate } from "../../signalling/messages.ts";
import { withEarly, withHeld } from "../state/candidates.ts";
import type { PeerDevice } from "../state/exchange.ts";
import type { CallModel } from "../state/model.ts";
import { withFound } from "../state/path.ts";
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

/** Handles candidates of the other side. The caller keeps those that overtook the `accept`. */
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

/** Limits the candidates of a description: engines check each against each of their own. */
function addCandidates(model: CallModel, candidates: readonly SignalCandidate[]): Step {
  const left = model.candidates.left - candidates.length;
  return step(
    { ...model, candidates: { ...model.candidates, left } },
    { type: "add-candidates", candidates },
  );
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
