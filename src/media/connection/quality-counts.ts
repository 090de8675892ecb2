import type {
  IncomingCounts,
  OutgoingCounts,
  PathCounts,
  QualityCounts,
} from "../../call/state/quality.ts";

/** The fields of W3C "Identifiers for WebRTC's Statistics API" that are read here, and two that are not in it. */
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
  /** Firefox's own, older than `RTCTransportStats` there. */
  readonly selected?: boolean;
  readonly localCandidateId?: string;
  readonly remoteCandidateId?: string;
  readonly currentRoundTripTime?: number;
  readonly availableOutgoingBitrate?: number;
  /** Not in Firefox, which tells of the answers only. */
  readonly requestsReceived?: number;
  readonly responsesReceived?: number;
  readonly candidateType?: RTCIceCandidateType;
  readonly protocol?: string;
  readonly relayProtocol?: string;
}

type CountOf<T> = { readonly [K in keyof T]: T[K] extends number | null ? K : never }[keyof T] &
  keyof Entry;

/** What moves with time and is not counted: of several streams the one that is read last says how it is now. */
const incomingTotals = [
  "packetsReceived",
  "packetsLost",
  "bytesReceived",
  "framesDecoded",
  "freezeCount",
  "totalFreezesDuration",
] as const satisfies readonly CountOf<IncomingCounts>[];

/**
 * Reads what has arrived and left on each track and on the path in use, in total. Only plain numbers, and no address, come out.
 *
 * @param report of the whole `RTCPeerConnection`.
 * @param mids the media section of each track, in the order of the tracks; `null` before there is one.
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

/** Several where the other side has begun a stream anew: totals are added up, what holds at the moment is the last one's. */
function readIncoming(streams: readonly Entry[]): IncomingCounts | null {
  const last = streams.at(-1);
  if (last === undefined) return null;
  const totals = Object.fromEntries(
    incomingTotals.map((count) => [count, sum(streams.map((stream) => stream[count]))]),
    // `fromEntries` forgets which names it was given.
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

/** Of the values that there are; `null` where there is none. */
function sum(values: readonly (number | undefined)[]): number | null {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
}
