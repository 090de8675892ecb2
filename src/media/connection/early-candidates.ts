/** How many candidates may wait: they can only overtake their description by a few messages. */
const most = 64;

/**
 * Candidates of the other side that came before the description they belong to. Each names its generation by its user name
 * fragment (RFC 8839 section 5.4): one of a generation to come would be refused now, and be missed then.
 */
export class EarlyCandidates {
  #waiting: RTCIceCandidateInit[] = [];

  /**
   * @param sdp the description that is applied; `null` while there is none.
   * @returns those that can be added now. The others wait.
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

  /** @returns those that have waited for this description. Those of a generation that never came are forgotten one day. */
  take(sdp: string): RTCIceCandidateInit[] {
    return this.sort(this.#waiting.splice(0), sdp);
  }
}
