import type { SignalCandidate } from "../../signalling/messages.ts";

/** ICE candidates that have to wait: no address leaves before the callee has accepted. */
export interface Candidates {
  /** This side's, kept until the callee has accepted. */
  readonly held: readonly SignalCandidate[];
  /** Whether the held ones are all of them. */
  readonly isHeldEnd: boolean;
  /** The other side's that overtook its `accept`. */
  readonly early: readonly SignalCandidate[];
  /** Whether candidates may leave: the callee has accepted, and on the callee's side the `accept` is out. */
  readonly isTrickling: boolean;
}

export const noCandidates: Candidates = {
  held: [],
  isHeldEnd: false,
  early: [],
  isTrickling: false,
};

/** How many of the other side's candidates may wait for its `accept`: they can only overtake it by a few messages. */
const maxEarly = 64;

/** Keeps this side's candidates until they may leave. */
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

/** Keeps the other side's candidates until there is a connection to add them to. */
export function withEarly(state: Candidates, candidates: readonly SignalCandidate[]): Candidates {
  return { ...state, early: [...state.early, ...candidates].slice(0, maxEarly) };
}
