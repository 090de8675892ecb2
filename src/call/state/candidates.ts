import type { SignalCandidate } from "../../signalling/messages.ts";

/** Waiting ICE candidates: no address is sent before the callee has accepted. */
export interface Candidates {
  /** This side's candidates, held until the callee has accepted. */
  readonly held: readonly SignalCandidate[];
  /** `true` where the held candidates are complete. */
  readonly isHeldEnd: boolean;
  /** Candidates of the other side that overtook its `accept`. */
  readonly early: readonly EarlyCandidate[];
  /** Number of further candidates accepted before the other side's next description. */
  readonly left: number;
  /** `true` once candidates may be sent: the callee has accepted and, on its side, has sent `accept`. */
  readonly isTrickling: boolean;
}

/** A candidate of a device that was not selected yet. */
export interface EarlyCandidate {
  /** `null` for a kit that names no device. */
  readonly device: string | null;
  readonly candidate: SignalCandidate;
}

/** Maximum number of candidates for one description, several times that of any device. */
export const maxOfOneGeneration = 64;

export const noCandidates: Candidates = {
  held: [],
  isHeldEnd: false,
  early: [],
  left: maxOfOneGeneration,
  isTrickling: false,
};

/** Maximum number of candidates that wait for an `accept`, which they overtake by a few messages only. */
const maxEarly = 64;

/** Keeps the other side's candidates until a connection exists. */
export function withEarly(
  state: Candidates,
  candidates: readonly SignalCandidate[],
  device: string | null,
): Candidates {
  const early = candidates.map((candidate) => ({ device, candidate }));
  return { ...state, early: [...state.early, ...early].slice(0, maxEarly) };
}
