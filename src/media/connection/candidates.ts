import { candidateForWire } from "./description.ts";

/** Maximum number of waiting candidates, which overtake their description by a few messages only. */
const most = 64;

/**
 * Candidates that arrived before their description. Each names its generation by the user name fragment (RFC 8839 section 5.4):
 * added too early it would be refused, and be missing later.
 */
export class EarlyCandidates {
  #waiting: RTCIceCandidateInit[] = [];

  /**
   * @param sdp the applied description; `null` for none.
   * @returns the candidates that can be added now. The others wait.
   */
  sort(candidates: readonly RTCIceCandidateInit[], sdp: string | null): RTCIceCandidateInit[] {
    const generations = new Set(
      [...(sdp ?? "").matchAll(/^a=ice-ufrag:(\S+)/gm)].map(([, fragment]) => fragment),
    );
    const isNow = ({ usernameFragment }: RTCIceCandidateInit) =>
      sdp !== null &&
      (usernameFragment === null ||
        usernameFragment === undefined ||
        generations.has(usernameFragment));
    this.#waiting = [
      ...this.#waiting,
      ...candidates.filter((candidate) => !isNow(candidate)),
    ].slice(-most);
    return candidates.filter(isNow);
  }

  /** @returns the candidates that waited for this description. The limit eventually drops those of other generations. */
  take(sdp: string): RTCIceCandidateInit[] {
    return this.sort(this.#waiting.splice(0), sdp);
  }
}

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
