import type { Encryption, TrackIndex } from "../terms.ts";

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
  /** Negotiated encryption of the transport. Missing before DTLS is connected, or if the engine does not report it. */
  readonly dtls?: TransportEncryption;
}

/** The outer of the two encryptions: DTLS-SRTP between the two engines, as this side's engine reports it. W3C `RTCTransportStats`. */
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

/**
 * Protection that the lock shows, computed from the frames of the last two seconds.
 * - `none`: no encrypted frame in either direction yet.
 * - `protected`: frames are encrypted and decrypted in both directions.
 * - `one-way`: encrypted frames in one direction only so far.
 * - `stalled`: encrypted frames flowed both ways and have stopped in at least one direction.
 * - `tampered`: 5 % or more of the received frames do not authenticate.
 * - `compatible`: frames are encrypted by a weaker, foreign layout.
 * - `transport`: DTLS only, with fingerprints from an end-to-end encrypted channel.
 * - `unencrypted`: DTLS only, with unauthenticated fingerprints.
 */
export type ProtectionStatus =
  | "none"
  | "protected"
  | "one-way"
  | "stalled"
  | "tampered"
  | "compatible"
  | "transport"
  | "unencrypted";

/** Measured protection of one direction. `tampered` applies to `receiving` only. */
export type DirectionProtection =
  | "none"
  | "protected"
  | "stalled"
  | "tampered"
  | "compatible"
  | "transport"
  | "unencrypted";

/** Measured protection and its counts. Counts are frames since the call began. */
export interface ProtectionReport {
  /** Protection of both directions together. */
  readonly status: ProtectionStatus;
  /** This side to the other. */
  readonly sending: DirectionProtection;
  /** The other side to this one. */
  readonly receiving: DirectionProtection;
  /** Cipher suite of the frames, by its registered names; `null` until a frame was encrypted. */
  readonly cipher: string | null;
  /** Where frames are sealed and opened: in a worker, or on the main thread of the page; missing before that is known. */
  readonly sealedIn?: "worker" | "page";
  /** The outer encryption, between the two engines; missing before it is known. */
  readonly dtls?: TransportEncryption;
  /** Frames encrypted and sent. */
  readonly sealed: number;
  /** Frames received and authenticated. */
  readonly opened: number;
  /** Frames received twice and dropped. Retransmissions are normal. */
  readonly duplicate: number;
  /** Frames received and refused because they do not authenticate. */
  readonly forged: number;
  /** Time of the first decrypted frame. Milliseconds since the epoch; `null` before. */
  readonly since: number | null;
}

/** Measurements of a call's encryption. */
export interface Protection {
  /** Tracks with at least one decrypted frame of the other side. */
  readonly openedTracks: readonly TrackIndex[];
  /** Measurements of the last two seconds and the one before them, oldest first. */
  readonly measurements: readonly Measurement[];
  /** Time of the first decrypted frame. Milliseconds since the epoch; `null` before. */
  readonly since: number | null;
  /** `true` once frames were encrypted in both directions. */
  readonly wasProtected: boolean;
  readonly wasTampered: boolean;
  /** Where frames are sealed and opened; missing before that is known. */
  readonly sealedIn?: "worker" | "page";
}

export const noProtection: Protection = {
  openedTracks: [],
  measurements: [],
  since: null,
  wasProtected: false,
  wasTampered: false,
};

/** Returns `true` where media goes through a relay, `null` until a path is in use. */
export function isRelayed({ measurements }: Protection): boolean | null {
  return measurements.at(-1)?.relayed ?? null;
}

/** Returns the weakest protection that media had. A pause does not count: earlier frames were encrypted. */
export function weakestProtection(
  { measurements, wasProtected, wasTampered }: Protection,
  encryption: Encryption,
): ProtectionStatus {
  if (wasTampered) return "tampered";
  if (wasProtected) return encryption === "compatible" ? "compatible" : "protected";
  return judgeProtection(measurements, encryption).status;
}

/** Number of measurements in two seconds, including the one before them. */
export const measurementWindow = 5;

/** Share of forged frames at which the status becomes `tampered`. */
const tamperedShare = 0.05;

/** Measured protection of each direction over the last two seconds, and of both. */
type ProtectionVerdict = Pick<ProtectionReport, "status" | "sending" | "receiving">;

/**
 * Returns the protection of the last two seconds.
 *
 * @param measurements totals, oldest first, at most {@link measurementWindow} of them.
 */
export function judgeProtection(
  measurements: readonly Measurement[],
  encryption: Encryption = "sx-call/1",
): ProtectionVerdict {
  if (encryption === "none" || encryption === "transport") {
    const all = encryption === "none" ? "unencrypted" : "transport";
    return { status: all, sending: all, receiving: all };
  }
  // Name of a healthy direction.
  const good = encryption === "compatible" ? "compatible" : "protected";
  const first = measurements.length < measurementWindow ? undefined : measurements[0];
  const last = measurements.at(-1);
  const [sealed, opened] = [total(last, "sealed"), total(last, "opened")];
  const newOpened = opened - total(first, "opened");
  const newForged = total(last, "forged") - total(first, "forged");
  const isTampered = newForged > 0 && newForged >= tamperedShare * (newForged + newOpened);
  const sending = flow(sealed, sealed - total(first, "sealed"), good);
  const receiving = isTampered ? "tampered" : flow(opened, newOpened, good);
  return { status: together(sending, receiving), sending, receiving };
}

function flow(
  inAll: number,
  lately: number,
  good: "protected" | "compatible",
): DirectionProtection {
  if (lately > 0) return good;
  return inAll > 0 ? "stalled" : "none";
}

function together(sending: DirectionProtection, receiving: DirectionProtection): ProtectionStatus {
  if (receiving === "tampered") return "tampered";
  if (sending === receiving && (sending === "protected" || sending === "compatible"))
    return sending;
  if (sending === "none" && receiving === "none") return "none";
  return sending === "none" || receiving === "none" ? "one-way" : "stalled";
}
