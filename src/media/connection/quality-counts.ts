import type {
  IncomingCounts,
  OutgoingCounts,
  PathCounts,
  QualityCounts,
} from "../../call/state/quality.ts";
import { Statistics } from "../statistics.ts";
import type { StatisticsEntry } from "../statistics.ts";

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
