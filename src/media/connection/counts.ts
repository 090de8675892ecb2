import type {
  IncomingCounts,
  OutgoingCounts,
  PathCounts,
  QualityCounts,
} from "../../call/state/quality.ts";
import type { Measurement, TransportEncryption } from "../../call/state/protection.ts";
import type { TrackIndex } from "../../call/terms.ts";

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

/** Path in use: the pair and its two ends, as far as the engine reports them. */
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

type CountOf<T> = { readonly [K in keyof T]: T[K] extends number | null ? K : never }[keyof T] &
  keyof StatisticsEntry;

/** Current values instead of totals: of several streams the last one counts. */
const incomingTotals = [
  "packetsReceived",
  "packetsLost",
  "bytesReceived",
  "framesDecoded",
  "freezeCount",
  "totalFreezesDuration",
] as const satisfies readonly CountOf<IncomingCounts>[];

/**
 * Reads totals of each track and of the path in use: plain numbers without addresses.
 *
 * @param report of the whole `RTCPeerConnection`.
 * @param mids media section of each track, in the order of the tracks; `null` before it exists.
 */
export function readQuality(
  report: RTCStatsReport,
  mids: readonly (string | null)[],
): QualityCounts {
  const statistics = new Statistics(report);
  const tracks = ([0, 1, 2, 3] as const).map((track) => ({
    track,
    incoming: readIncoming(statistics.all("inbound-rtp", mids[track] ?? null)),
    outgoing: readOutgoing(statistics.all("outbound-rtp", mids[track] ?? null), statistics),
  }));
  return { tracks, path: readPath(statistics) };
}

/** Several streams exist where the other side restarted one: totals are summed, current values come from the last. */
function readIncoming(streams: readonly StatisticsEntry[]): IncomingCounts | null {
  const last = streams.at(-1);
  if (last === undefined) return null;
  const totals = Object.fromEntries(
    incomingTotals.map((count) => [count, sum(streams.map((stream) => stream[count]))]),
    // `fromEntries` loses the key types.
  ) as Pick<IncomingCounts, (typeof incomingTotals)[number]>;
  return {
    ...totals,
    jitter: last.jitter ?? null,
    framesPerSecond: last.framesPerSecond ?? null,
    frameHeight: last.frameHeight ?? null,
  };
}

function readOutgoing(
  streams: readonly StatisticsEntry[],
  statistics: Statistics,
): OutgoingCounts | null {
  const last = streams.at(-1);
  if (last === undefined) return null;
  const reported = statistics.all("remote-inbound-rtp").find(({ localId }) => localId === last.id);
  return {
    packetsSent: sum(streams.map(({ packetsSent }) => packetsSent)),
    bytesSent: sum(streams.map(({ bytesSent }) => bytesSent)),
    reported:
      reported === undefined
        ? null
        : {
            at: reported.timestamp,
            packetsLost: reported.packetsLost ?? null,
            fractionLost: reported.fractionLost ?? null,
            roundTripTime: reported.roundTripTime ?? null,
          },
  };
}

function readPath(statistics: Statistics): PathCounts | null {
  const path = statistics.path();
  if (path === null) return null;
  const { pair, local, remote } = path;
  const known = [local, remote].filter((candidate) => candidate !== undefined);
  return {
    id: pair.id,
    bytesReceived: pair.bytesReceived ?? null,
    bytesSent: pair.bytesSent ?? null,
    checksReceived: sum([pair.requestsReceived, pair.responsesReceived]),
    roundTripTime: pair.currentRoundTripTime ?? null,
    availableOutgoingBitrate: pair.availableOutgoingBitrate ?? null,
    relayed:
      known.length === 0 ? null : known.some(({ candidateType }) => candidateType === "relay"),
    protocol:
      (local?.candidateType === "relay" ? local.relayProtocol : undefined) ??
      local?.protocol ??
      null,
  };
}

/** Sums the known values; `null` without any. */
function sum(values: readonly (number | undefined)[]): number | null {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
}

/** Sent and received totals of one track. */
export interface TransportCounts {
  readonly track: TrackIndex;
  /** Sent units: frames for video, packets for audio, where one packet is one frame. Without retransmissions. */
  readonly left: number;
  /** Received units, counted alike. */
  readonly arrived: number;
}

/**
 * Reads the sent and received units of each track, the use of a relay, the estimate of congestion control (bit/s), and the
 * encryption of the transport. `null` for a relay without a path, and for a missing estimate.
 *
 * @param mids media section of each track, in the order of the tracks.
 */
export function readCounts(
  stats: RTCStatsReport,
  mids: readonly (string | null)[],
): {
  readonly counts: readonly TransportCounts[];
  readonly available: number | null;
} & Pick<Measurement, "relayed" | "dtls"> {
  const statistics = new Statistics(stats);
  const sum = (
    type: RTCStatsType,
    mid: string | null,
    read: (entry: StatisticsEntry) => number | undefined,
  ) => statistics.all(type, mid).reduce((total, entry) => total + (read(entry) ?? 0), 0);
  const counts = ([0, 1, 2, 3] as const).map((track) => ({
    track,
    left: sum("outbound-rtp", mids[track] ?? null, ({ kind, framesSent, packetsSent }) =>
      kind === "video" ? framesSent : packetsSent,
    ),
    arrived: sum("inbound-rtp", mids[track] ?? null, ({ kind, framesReceived, packetsReceived }) =>
      kind === "video" ? framesReceived : packetsReceived,
    ),
  }));
  const dtls = readEncryption(statistics);
  const available = statistics.path()?.pair.availableOutgoingBitrate ?? null;
  return { counts, available, relayed: isRelayed(statistics), ...(dtls && { dtls }) };
}

/** RFC 9147 section 5.3, RFC 6347 section 4.1. */
const versions: Partial<Record<string, string>> = { FEFC: "DTLS 1.3", FEFD: "DTLS 1.2" };

function readEncryption(statistics: Statistics): TransportEncryption | null {
  const { tlsVersion, dtlsCipher, srtpCipher = "" } = statistics.all("transport")[0] ?? {};
  // Engines know them from the handshake on; an older one reports an empty text before.
  if (!tlsVersion || !dtlsCipher) return null;
  const version = versions[tlsVersion.toUpperCase()] ?? `0x${tlsVersion}`;
  return { version, cipher: dtlsCipher, srtp: srtpCipher === "" ? null : srtpCipher };
}

/** Reads the received bytes of each track; `null` where the engine has no such stream yet. */
export function readReceivedBytes(
  stats: RTCStatsReport,
  mids: readonly (string | null)[],
): (number | null)[] {
  const statistics = new Statistics(stats);
  return mids.map((mid) => {
    const found = statistics.all("inbound-rtp", mid);
    return found.length === 0
      ? null
      : found.reduce((sum, { bytesReceived = 0 }) => sum + bytesReceived, 0);
  });
}

function isRelayed(statistics: Statistics): boolean | null {
  const path = statistics.path();
  return path && [path.local, path.remote].some((end) => end?.candidateType === "relay");
}

/** One end of a path by W3C `RTCIceCandidateStats`, without its address. */
interface PathEnd {
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

/** Reads both ends of the path in use; `null` without one. */
export function readSelectedPair(stats: RTCStatsReport): SelectedPair | null {
  const path = new Statistics(stats).path();
  return path && { local: endOf(path.local), remote: endOf(path.remote) };
}

function endOf(entry: StatisticsEntry | undefined): PathEnd | null {
  if (entry?.candidateType === undefined) return null;
  const { candidateType, protocol = "udp", relayProtocol } = entry;
  return { candidateType, protocol, ...(relayProtocol && { relayProtocol }) };
}
