import { Statistics, type StatisticsEntry } from "./counts.ts";
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
  readonly #report: (candidates: RTCIceCandidateInit[], end: boolean) => void;
  #found: RTCIceCandidateInit[] = [];

  constructor(
    relayOnly: boolean,
    report: (candidates: RTCIceCandidateInit[], end: boolean) => void,
  ) {
    this.#relayOnly = relayOnly;
    this.#report = report;
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
    if (found.length > 0 || end) this.#report(found, end);
  }
}

/**
 * Firefox's name in the origin of its descriptions (RFC 8866 section 5.2). Firefox keeps two generations of a path, and sends
 * over the older one until the newer one is found. If neither is found, the next packet of the data channel ends DTLS for
 * good. `connectionState` then stays `failed`, although ICE is connected again (seen in 153). Remove when a second ICE
 * restart before the first has found a path no longer ends a call in Firefox.
 *
 * The wait must be renewed. About 5 s after its pairs have failed Firefox gives up the search, and DTLS with it, unless it
 * negotiates. An offer without a restart is enough.
 */
const firefox = /^o=mozilla/m;

/**
 * Milliseconds for which a path that this side has found is still asked for: the other side may find it later. Seen after
 * cuts of 15 s: Chromium found it 1 s before Firefox, whose search ended in that second, 5 s after the last negotiation.
 */
const settling = 3000;

/** The search for the last requested path. */
export class PathSearch {
  /**
   * The other side's last description as received. Not `remoteDescription`, because Chromium replaces the name in the origin by
   * `-`.
   */
  received = "";
  /** Generation of the last path that was found, by its name, and since when. The first one of a call needs no search. */
  #found = { name: "", at: -Infinity };

  /**
   * Returns `true` where the path must be awaited: one side is Firefox, and the path is not found, or was found just now. Without
   * a local address waiting is useless.
   *
   * @param local this side's last description.
   * @param now milliseconds of a clock that does not jump.
   */
  isAwaited(local: string, stats: RTCStatsReport, now = performance.now()): boolean {
    if (!(firefox.test(local) || firefox.test(this.received)) || !/^a=candidate:/m.test(local))
      return false;
    // RFC 8445 section 9: each generation has its own name. Engines that do not count it count the last generation only.
    const [, name] = /^a=ice-ufrag:(\S+)/m.exec(local) ?? [];
    const statistics = new Statistics(stats);
    const nameOf = (end?: string) => statistics.withId(end)?.usernameFragment ?? name;
    // In Chromium a pair is in progress again while a check is unanswered: a path that has just failed was found before.
    const isFound = ({ nominated, state, responsesReceived = 0 }: StatisticsEntry) =>
      nominated === true && (state === "succeeded" || responsesReceived > 0);
    if (!statistics.entries.some((pair) => isFound(pair) && nameOf(pair.localCandidateId) === name))
      return true;
    const found = this.#found;
    if (found.name !== name)
      this.#found = { name: name ?? "", at: found.name === "" ? -Infinity : now };
    return now - this.#found.at < settling;
  }
}
