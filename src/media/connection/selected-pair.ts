/** One end of a path by W3C `RTCIceCandidateStats`, without its address. */
export interface PathEnd {
  /** `host`, `srflx`, `prflx` or `relay` (RFC 8445). */
  readonly candidateType: string;
  /** `udp` or `tcp`. */
  readonly protocol: string;
  /** Protocol to this side's relay: `udp`, `tcp` or `tls`; absent without one. */
  readonly relayProtocol?: string;
}

/** Both ends of the path in use. */
export interface SelectedPair {
  readonly local: PathEnd | null;
  readonly remote: PathEnd | null;
}

interface Entry extends RTCStats {
  readonly selectedCandidatePairId?: string;
  readonly localCandidateId?: string;
  readonly remoteCandidateId?: string;
  readonly candidateType?: string;
  readonly protocol?: string;
  readonly relayProtocol?: string;
  readonly selected?: boolean;
}

/** Reads the path in use; `null` without one. Firefox marks the pair, other engines name it in the transport. */
export function readSelectedPair(stats: RTCStatsReport): SelectedPair | null {
  const entries = [...stats.values()] as Entry[];
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const named = entries.find(
    ({ selectedCandidatePairId }) => selectedCandidatePairId !== undefined,
  )?.selectedCandidatePairId;
  const pair =
    named === undefined ? entries.find(({ selected }) => selected === true) : byId.get(named);
  if (pair === undefined) return null;
  return {
    local: endOf(byId.get(pair.localCandidateId ?? "")),
    remote: endOf(byId.get(pair.remoteCandidateId ?? "")),
  };
}

function endOf(entry: Entry | undefined): PathEnd | null {
  if (entry?.candidateType === undefined) return null;
  const { candidateType, protocol = "udp", relayProtocol } = entry;
  return { candidateType, protocol, ...(relayProtocol && { relayProtocol }) };
}
