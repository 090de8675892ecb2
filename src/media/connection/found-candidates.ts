import { candidateForWire } from "./description.ts";

/** Batches this side's candidates by task, and filters those that may be sent. */
export class FoundCandidates {
  readonly #relayOnly: boolean;
  readonly #tell: (candidates: RTCIceCandidateInit[], end: boolean) => void;
  #found: RTCIceCandidateInit[] = [];

  constructor(relayOnly: boolean, tell: (candidates: RTCIceCandidateInit[], end: boolean) => void) {
    this.#relayOnly = relayOnly;
    this.#tell = tell;
  }

  /** @param candidate from `icecandidate`: `null` ends the gathering. */
  add(candidate: RTCIceCandidate | null): void {
    if (candidate === null) {
      this.#flush(true);
      return;
    }
    const text = candidateForWire(candidate.candidate, this.#relayOnly);
    if (text === null || text === "") return;
    const { sdpMid, sdpMLineIndex, usernameFragment } = candidate;
    this.#found.push({ candidate: text, sdpMid, sdpMLineIndex, usernameFragment });
    if (this.#found.length > 1) return;
    queueMicrotask(() => {
      this.#flush(false);
    });
  }

  #flush(end: boolean): void {
    const found = this.#found.splice(0);
    if (found.length > 0 || end) this.#tell(found, end);
  }
}
