import type { TrackIndex } from "../terms.ts";

/** Counts of one track since the call began. */
export interface TrackMeasurement {
  readonly track: TrackIndex;
  /** Units sent by this engine: packets for audio (one per frame), frames for video. W3C `RTCOutboundRtpStreamStats`. */
  readonly left: number;
  /** Units received by this engine, counted alike. W3C `RTCInboundRtpStreamStats`. */
  readonly arrived: number;
  /** Frames encrypted by the cipher. */
  readonly sealed: number;
  /** Frames authenticated by the cipher. */
  readonly opened: number;
  /** Repeated frames (retransmissions), dropped. */
  readonly duplicate: number;
  /** Frames that did not authenticate, dropped. */
  readonly forged: number;
}

/**
 * A reading of the counters, taken twice a second. The engine's counters are read before the cipher's, so that a healthy call
 * never shows more units sent than frames encrypted.
 */
export interface Measurement {
  readonly tracks: readonly TrackMeasurement[];
  /** `true` where the path in use goes through a relay; `null` without a path. */
  readonly relayed: boolean | null;
  /** `true` while a requested path is awaited in an engine that gives up without negotiation. */
  readonly searching: boolean;
  /** What the engines have agreed on for the transport; missing before DTLS is connected, or where an engine does not tell. */
  readonly dtls?: TransportEncryption;
}

/** The outer of the two encryptions: DTLS-SRTP between the two engines, as this side's engine tells it. W3C `RTCTransportStats`. */
export interface TransportEncryption {
  /** `DTLS 1.3`, `DTLS 1.2`; another version by its two bytes, such as `0xFEFF`. */
  readonly version: string;
  /** Cipher suite of the handshake, by its IANA name. */
  readonly cipher: string;
  /** Protection profile of the media, by its IANA name (RFC 5764, RFC 7714); `null` without media. */
  readonly srtp: string | null;
}

/** Units tolerated before the cipher must have processed some. */
const slack = 3;

/**
 * Age in readings of the received units: one second. The engine counts a received unit before the cipher's worker processes it,
 * which takes time on a busy machine. Sent units were processed before.
 */
const lag = 2;

/** Returns `true` where media bypassed the cipher, judged by all readings, oldest first. */
type Watch = (measurements: readonly Measurement[]) => boolean;

/** @param isPast decides by the units received a second ago, and the present counts of a track. */
function watch(isPast: (arrived: number, track: TrackMeasurement) => boolean): Watch {
  return (measurements) => {
    const [last] = measurements.slice(-1);
    const earlier = measurements[measurements.length - 1 - lag];
    const arrived = (track: TrackIndex) =>
      earlier?.tracks.find((each) => each.track === track)?.arrived ?? 0;
    return (
      last?.tracks.some(
        (each) => each.left > each.sealed + slack || isPast(arrived(each.track), each),
      ) ?? false
    );
  };
}

/** Chromium silently skips a transform that was attached too late: this detects it. */
export const bypassesEncryption = watch(
  (arrived, { opened, forged }) => arrived + forged > slack && opened === 0,
);

/**
 * The same for a foreign layout, whose other side may innocently have another key. Frames that cannot be decrypted are no
 * bypass if the cipher has dropped them.
 */
export const bypassesCompatible = watch(
  (arrived, { opened, duplicate, forged }) => arrived > slack && opened + duplicate + forged === 0,
);

/** Returns the sum of one count over all tracks. */
export function total(
  measurement: Measurement | undefined,
  count: "sealed" | "opened" | "duplicate" | "forged",
): number {
  return measurement?.tracks.reduce((sum, track) => sum + track[count], 0) ?? 0;
}
