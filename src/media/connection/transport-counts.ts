import type { TrackIndex } from "../../call/terms.ts";

/** Sent and received totals of one track. */
export interface TransportCounts {
  readonly track: TrackIndex;
  /** Sent units: frames for video, packets for audio, where one packet is one frame. Without retransmissions. */
  readonly left: number;
  /** Received units, counted alike. */
  readonly arrived: number;
}

/** Fields of W3C `RTCOutboundRtpStreamStats`, `RTCInboundRtpStreamStats` and others in use. */
interface Entry extends RTCStats {
  readonly kind?: string;
  readonly mid?: string;
  readonly framesSent?: number;
  readonly packetsSent?: number;
  readonly framesReceived?: number;
  readonly packetsReceived?: number;
  readonly bytesReceived?: number;
  readonly selectedCandidatePairId?: string;
  readonly localCandidateId?: string;
  readonly remoteCandidateId?: string;
  readonly candidateType?: RTCIceCandidateType;
}

/**
 * Reads the sent and received units of each track, and the use of a relay (`null` without a path).
 *
 * @param mids media section of each track, in the order of the tracks.
 */
export function readCounts(
  stats: RTCStatsReport,
  mids: readonly (string | null)[],
): { counts: readonly TransportCounts[]; relayed: boolean | null } {
  const entries = [...stats.values()] as Entry[];
  const sum = (type: string, mid: string | null, read: (entry: Entry) => number | undefined) =>
    entries.reduce(
      (total, entry) => total + (entry.type === type && entry.mid === mid ? (read(entry) ?? 0) : 0),
      0,
    );
  const counts = ([0, 1, 2, 3] as const).map((track) => ({
    track,
    left: sum("outbound-rtp", mids[track] ?? null, ({ kind, framesSent, packetsSent }) =>
      kind === "video" ? framesSent : packetsSent,
    ),
    arrived: sum("inbound-rtp", mids[track] ?? null, ({ kind, framesReceived, packetsReceived }) =>
      kind === "video" ? framesReceived : packetsReceived,
    ),
  }));
  return { counts, relayed: isRelayed(entries) };
}

/** Reads the received bytes of each track; `null` where the engine has no such stream yet. */
export function readReceivedBytes(
  stats: RTCStatsReport,
  mids: readonly (string | null)[],
): (number | null)[] {
  const entries = [...stats.values()] as Entry[];
  return mids.map((mid) => {
    const found = entries.filter(
      (entry) => mid !== null && entry.type === "inbound-rtp" && entry.mid === mid,
    );
    return found.length === 0
      ? null
      : found.reduce((sum, { bytesReceived = 0 }) => sum + bytesReceived, 0);
  });
}

function isRelayed(entries: readonly Entry[]): boolean | null {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const transport = entries.find(
    ({ selectedCandidatePairId }) => selectedCandidatePairId !== undefined,
  );
  const pair = byId.get(transport?.selectedCandidatePairId ?? "");
  if (pair === undefined) return null;
  return [pair.localCandidateId, pair.remoteCandidateId].some(
    (id) => byId.get(id ?? "")?.candidateType === "relay",
  );
}
