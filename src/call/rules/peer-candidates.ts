import type { SignalCandidate } from "../../signalling/messages.ts";
import { withEarly } from "../state/path.ts";
import type { PeerDevice } from "../state/exchange.ts";
import type { CallModel } from "../state/model.ts";
import { step, type Step } from "./step.ts";

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
