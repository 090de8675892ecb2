import type {
  IncomingCounts,
  OutgoingCounts,
  PathCounts,
  QualityCounts,
} from "../../call/state/quality.ts";

/** Fields of W3C "Identifiers for WebRTC's Statistics API" in use, and two outside of it. */
interface Entry extends RTCStats {
  readonly mid?: string;
  readonly localId?: string;
  readonly packetsReceived?: number;
  readonly packetsLost?: number;
  readonly bytesReceived?: number;
  readonly jitter?: number;
  readonly framesDecoded?: number;
  readonly framesPerSecond?: number;
  readonly frameHeight?: number;
  readonly freezeCount?: number;
  readonly totalFreezesDuration?: number;
  readonly packetsSent?: number;
  readonly bytesSent?: number;
  readonly fractionLost?: number;
  readonly roundTripTime?: number;
  readonly selectedCandidatePairId?: string;
  /** Firefox's own, older than its `RTCTransportStats`. */
  readonly selected?: boolean;
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
}

type CountOf<T> = { readonly [K in keyof T]: T[K] extends number | null ? K : never }[keyof T] &
  keyof Entry;

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
  const entries = [...report.values()] as Entry[];
  const streams = (type: string, mid: string | null) =>
    mid === null ? [] : entries.filter((entry) => entry.type === type && entry.mid === mid);
  const tracks = ([0, 1, 2, 3] as const).map((track) => ({
    track,
    incoming: readIncoming(streams("inbound-rtp", mids[track] ?? null)),
    outgoing: readOutgoing(streams("outbound-rtp", mids[track] ?? null), entries),
  }));
  return { tracks, path: readPath(entries) };
}

/** Several streams exist where the other side restarted one: totals are summed, current values come from the last. */
function readIncoming(streams: readonly Entry[]): IncomingCounts | null {
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

function readOutgoing(streams: readonly Entry[], entries: readonly Entry[]): OutgoingCounts | null {
  const last = streams.at(-1);
  if (last === undefined) return null;
  const reported = entries.find(
    ({ type, localId }) => type === "remote-inbound-rtp" && localId === last.id,
  );
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

function readPath(entries: readonly Entry[]): PathCounts | null {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const transport = entries.find(
    ({ selectedCandidatePairId }) => selectedCandidatePairId !== undefined,
  );
  const pair =
    transport === undefined
      ? entries.find(({ type, selected }) => type === "candidate-pair" && selected === true)
      : byId.get(transport.selectedCandidatePairId ?? "");
  if (pair === undefined) return null;
  const [local, remote] = [
    byId.get(pair.localCandidateId ?? ""),
    byId.get(pair.remoteCandidateId ?? ""),
  ];
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
