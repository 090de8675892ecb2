/** Fields in use of W3C "Identifiers for WebRTC's Statistics API", and some that are older or newer than it. */
export interface StatisticsEntry extends RTCStats {
  readonly kind?: string;
  readonly mid?: string;
  readonly localId?: string;
  readonly framesSent?: number;
  readonly packetsSent?: number;
  readonly bytesSent?: number;
  readonly framesReceived?: number;
  readonly packetsReceived?: number;
  readonly packetsLost?: number;
  readonly bytesReceived?: number;
  readonly jitter?: number;
  readonly framesDecoded?: number;
  readonly framesPerSecond?: number;
  readonly frameHeight?: number;
  readonly freezeCount?: number;
  readonly totalFreezesDuration?: number;
  readonly fractionLost?: number;
  readonly roundTripTime?: number;
  readonly audioLevel?: number;
  readonly totalAudioEnergy?: number;
  readonly totalSamplesDuration?: number;
  readonly state?: string;
  readonly nominated?: boolean;
  /** Firefox's own, older than its `RTCTransportStats`. */
  readonly selected?: boolean;
  readonly selectedCandidatePairId?: string;
  readonly localCandidateId?: string;
  readonly remoteCandidateId?: string;
  readonly currentRoundTripTime?: number;
  readonly availableOutgoingBitrate?: number;
  /** Absent in Firefox, which counts answers only. */
  readonly requestsReceived?: number;
  readonly responsesReceived?: number;
  readonly candidateType?: RTCIceCandidateType;
  readonly protocol?: string;
  readonly relayProtocol?: string;
  readonly usernameFragment?: string;
  readonly tlsVersion?: string;
  readonly dtlsCipher?: string;
  readonly srtpCipher?: string;
}

/** Path in use: the pair and its two ends, as far as the engine tells them. */
export interface StatisticsPath {
  readonly pair: StatisticsEntry;
  readonly local: StatisticsEntry | undefined;
  readonly remote: StatisticsEntry | undefined;
}

/** One reading of an engine's statistics. */
export class Statistics {
  readonly entries: readonly StatisticsEntry[];

  constructor(report: RTCStatsReport) {
    this.entries = [...report.values()] as StatisticsEntry[];
  }

  /** Returns the entries of a type, oldest first; of one media section where it is given, none where that is `null`. */
  all(type: RTCStatsType, mid?: string | null): StatisticsEntry[] {
    return this.entries.filter(
      (entry) => entry.type === type && (mid === undefined || entry.mid === mid),
    );
  }

  withId(id: string | undefined): StatisticsEntry | undefined {
    return id === undefined ? undefined : this.entries.find((entry) => entry.id === id);
  }

  /** Returns the path in use; `null` without one. Firefox may mark the pair, other engines name it in the transport. */
  path(): StatisticsPath | null {
    const named = this.entries.find(
      ({ selectedCandidatePairId }) => selectedCandidatePairId !== undefined,
    );
    const pair =
      named === undefined
        ? this.all("candidate-pair").find(({ selected }) => selected === true)
        : this.withId(named.selectedCandidatePairId);
    return pair === undefined
      ? null
      : {
          pair,
          local: this.withId(pair.localCandidateId),
          remote: this.withId(pair.remoteCandidateId),
        };
  }
}
