/**
 * So Firefox calls itself in the origin of its descriptions (RFC 8866 section 5.2). It keeps the last two generations of a path, and
 * sends over the older one until the newer one is found. Where that was never found either, the next packet of the data channel
 * ends DTLS for good: `connectionState` stays `failed` and no media passes, though ICE is connected again (seen in 153). It can go
 * when a second ICE restart before the first has found a path ends no call of Firefox any more.
 *
 * The wait itself has to be renewed: some 5 s after its pairs have failed Firefox gives the search up, and DTLS with it, unless it has
 * negotiated meanwhile. An offer without a restart does.
 */
const firefox = /^o=mozilla/m;

/** The fields of W3C `RTCIceCandidatePairStats` and `RTCIceCandidateStats` that are read here. */
interface Entry extends RTCStats {
  readonly state?: string;
  readonly nominated?: boolean;
  readonly responsesReceived?: number;
  readonly localCandidateId?: string;
  readonly usernameFragment?: string;
}

/** The search for the path that was asked for last. */
export class PathSearch {
  /**
   * The other side's last description as it came. Not `remoteDescription`: Chromium writes its own copy, with `-` for the name in
   * the origin.
   */
  heard = "";

  /**
   * Whether that path has to be waited for: one side is Firefox, and it is not found. Where this side had no address to tell,
   * nothing would come of the wait.
   *
   * @param local this side's last description.
   */
  isAwaited(local: string, stats: RTCStatsReport): boolean {
    if (!(firefox.test(local) || firefox.test(this.heard)) || !/^a=candidate:/m.test(local))
      return false;
    // RFC 8445 section 9: each generation has a name of its own. An engine that does not count it counts the last generation only.
    const [, name] = /^a=ice-ufrag:(\S+)/m.exec(local) ?? [];
    const entries = [...stats.values()] as Entry[];
    const nameOf = (end?: string) => entries.find(({ id }) => id === end)?.usernameFragment ?? name;
    // Chromium has a pair in progress again as long as a check of it is unanswered: a path that has just died, too, was found once.
    const isFound = ({ nominated, state, responsesReceived = 0 }: Entry) =>
      nominated === true && (state === "succeeded" || responsesReceived > 0);
    return !entries.some((pair) => isFound(pair) && nameOf(pair.localCandidateId) === name);
  }
}
