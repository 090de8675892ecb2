import type { Encryption, TrackIndex } from "../terms.ts";
import { total } from "./measurement.ts";
import type { Measurement } from "./measurement.ts";

/**
 * What the lock says. Computed from frames counted over the last two seconds.
 * - `none`: no encrypted frame has gone either way yet.
 * - `protected`: frames are sealed and opened, both ways.
 * - `one-way`: only one direction has encrypted frames so far.
 * - `stalled`: there were encrypted frames both ways, and now one direction or both have none.
 * - `tampered`: 5 % or more of the frames received do not authenticate.
 * - `compatible`: frames are encrypted by a weaker, foreign layout.
 * - `transport`: DTLS alone encrypts this call, and its fingerprints came over an end-to-end encrypted channel.
 * - `unencrypted`: nothing but the transport encrypts this call, nobody vouches for its fingerprints, and nothing will.
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

/** What was measured of one direction. `tampered` is said of what is received only: what this side seals is its own. */
export type DirectionProtection =
  "none" | "protected" | "stalled" | "tampered" | "compatible" | "transport" | "unencrypted";

/** The lock and the numbers behind it. Counts are frames since the call began. */
export interface ProtectionReport {
  readonly status: ProtectionStatus;
  /** From this side to the other. */
  readonly sending: DirectionProtection;
  /** From the other side to this one. */
  readonly receiving: DirectionProtection;
  /** What frames are encrypted with, in the words of the registries; `null` until a frame has been. */
  readonly cipher: string | null;
  /** Encrypted and handed to the network. */
  readonly sealed: number;
  /** Received and authenticated. */
  readonly opened: number;
  /** Received again (retransmissions are normal) and dropped. */
  readonly duplicate: number;
  /** Received and refused: not authentic. */
  readonly forged: number;
  /** Milliseconds since the epoch of the first opened frame; `null` before. */
  readonly since: number | null;
}

/** What was measured of the encryption of a call. */
export interface Protection {
  /** The tracks of which a frame of the other side has been decrypted. */
  readonly openedTracks: readonly TrackIndex[];
  /** The measurements of the last two seconds and the one before them, oldest first. */
  readonly measurements: readonly Measurement[];
  /** When the first frame was decrypted. Milliseconds since the epoch; `null` before. */
  readonly since: number | null;
  /** Whether frames were ever encrypted both ways. */
  readonly wasProtected: boolean;
  readonly wasTampered: boolean;
}

export const noProtection: Protection = {
  openedTracks: [],
  measurements: [],
  since: null,
  wasProtected: false,
  wasTampered: false,
};

/** The first frame of a track has been decrypted. */
export function withOpened(protection: Protection, track: TrackIndex, now: number): Protection {
  return {
    ...protection,
    openedTracks: [...protection.openedTracks, track],
    since: protection.since ?? now,
  };
}

/** The counters were read. */
export function withMeasurement(
  protection: Protection,
  measurement: Measurement,
  encryption: Encryption,
): Protection {
  const measurements = [...protection.measurements, measurement].slice(-measurementWindow);
  const { status } = judgeProtection(measurements, encryption);
  return {
    ...protection,
    measurements,
    wasProtected: protection.wasProtected || status === "protected" || status === "compatible",
    wasTampered: protection.wasTampered || status === "tampered",
  };
}

/** Whether media goes through a relay; `null` until a path is in use. */
export function isRelayed({ measurements }: Protection): boolean | null {
  return measurements.at(-1)?.relayed ?? null;
}

/** The weakest protection that media had. A pause is not a weakness: what was sent before it was encrypted. */
export function weakestProtection(
  { measurements, wasProtected, wasTampered }: Protection,
  encryption: Encryption,
): ProtectionStatus {
  if (wasTampered) return "tampered";
  if (wasProtected) return encryption === "compatible" ? "compatible" : "protected";
  return judgeProtection(measurements, encryption).status;
}

/** How many measurements make two seconds, the one before them included. */
export const measurementWindow = 5;

/** The share of forged frames from which the lock says `tampered`. */
const tamperedShare = 0.05;

/** `sx-call/1` has one suite: RFC 9605 section 4.5, keyed by RFC 7748 and FIPS 203 together. */
const ciphers: Record<Exclude<Encryption, "none" | "transport">, string> = {
  "sx-call/1": "AES_256_GCM_SHA512_128 · X25519 + ML-KEM-768",
  compatible: "AES_256_GCM",
};

/** What was measured of each direction in the last two seconds, and of both together. */
export type ProtectionVerdict = Pick<ProtectionReport, "status" | "sending" | "receiving">;

/**
 * What the lock says of the last two seconds.
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
  // What a healthy direction is called.
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

/** The verdict with the numbers behind it. */
export function reportProtection(
  { measurements, since }: Pick<Protection, "measurements" | "since">,
  encryption: Encryption = "sx-call/1",
): ProtectionReport {
  const hasFrames = encryption !== "none" && encryption !== "transport";
  // Frames that only pass through are not counted as encrypted ones.
  const last = hasFrames ? measurements.at(-1) : undefined;
  const sealed = total(last, "sealed");
  const opened = total(last, "opened");
  return {
    ...judgeProtection(measurements, encryption),
    cipher: hasFrames && (sealed > 0 || opened > 0) ? ciphers[encryption] : null,
    sealed,
    opened,
    duplicate: total(last, "duplicate"),
    forged: total(last, "forged"),
    since,
  };
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
