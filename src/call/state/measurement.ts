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

/** Returns the sum of one count over all tracks. */
export function total(
  measurement: Measurement | undefined,
  count: "sealed" | "opened" | "duplicate" | "forged",
): number {
  return measurement?.tracks.reduce((sum, track) => sum + track[count], 0) ?? 0;
}
