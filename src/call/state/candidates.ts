import type { SignalCandidate } from "../../signalling/messages.ts";

/** ICE candidates that have to wait: no address leaves before the callee has accepted. */
export interface Candidates {
  /** This side's, kept until the callee has accepted. */
  readonly held: readonly SignalCandidate[];
  /** Whether the held ones are all of them. */
  readonly isHeldEnd: boolean;
  /** The other side's that overtook its `accept`. */
  readonly early: readonly EarlyCandidate[];
  /** How many more of the other side's are taken before its next description. */
  readonly left: number;
  /** Whether candidates may leave: the callee has accepted, and on the callee's side the `accept` is out. */
  readonly isTrickling: boolean;
}

/** A candidate of a device that has not been chosen yet. */
export interface EarlyCandidate {
  /** `null` for a kit that names none. */
  readonly device: string | null;
  readonly candidate: SignalCandidate;
}

/** How many of the other side's candidates are taken for one description: several times what any device has. */
export const maxOfOneGeneration = 64;

export const noCandidates: Candidates = {
  held: [],
  isHeldEnd: false,
  early: [],
  left: maxOfOneGeneration,
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
export function withEarly(
  state: Candidates,
  candidates: readonly SignalCandidate[],
  device: string | null,
): Candidates {
  const early = candidates.map((candidate) => ({ device, candidate }));
  return { ...state, early: [...state.early, ...early].slice(0, maxEarly) };
}
