import type { TrackIndex } from "../terms.ts";

/** What was counted on one track, in total since the call began. */
export interface TrackMeasurement {
  readonly track: TrackIndex;
  /** Units that left this engine: packets for sound (one a frame), frames for picture. W3C `RTCOutboundRtpStreamStats`. */
  readonly left: number;
  /** Units that reached this engine, counted alike. W3C `RTCInboundRtpStreamStats`. */
  readonly arrived: number;
  /** Frames that the cipher encrypted. */
  readonly sealed: number;
  /** Frames that the cipher authenticated. */
  readonly opened: number;
  /** Frames seen before: retransmissions, dropped. */
  readonly duplicate: number;
  /** Frames that did not authenticate, dropped. */
  readonly forged: number;
}

/**
 * One look at the counters, taken twice a second. The engine's counters are read before the cipher's, so that a healthy call
 * never shows more units out than frames sealed.
 */
export interface Measurement {
  readonly tracks: readonly TrackMeasurement[];
  /** Whether the path in use goes through a relay; `null` where no path is in use. */
  readonly relayed: boolean | null;
  /** Whether a path that was asked for is still awaited, by an engine that gives it up where nothing is negotiated. */
  readonly searching: boolean;
}

/** How many units may be seen before the cipher must have had a part in them. */
const slack = 3;

/**
 * How many looks ago something must have arrived: a second. What arrives is counted before the cipher's worker comes to it, and that of a
 * busy machine does so late. What leaves has been there before.
 */
const lag = 2;

/** Whether media went past the cipher, in either direction, by the looks so far, oldest first. */
type Watch = (measurements: readonly Measurement[]) => boolean;

/** @param isPast by how much of a track had arrived a second ago, and by its counts now. */
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

/** Chromium skips a transform that was attached too late without a word: this is how it would be noticed. */
export const bypassesEncryption = watch(
  (arrived, { opened, forged }) => arrived + forged > slack && opened === 0,
);

/**
 * The same for a foreign layout, whose other side may hold another key without anybody's fault: frames that cannot be opened
 * are no bypass as long as the cipher has seen and dropped them.
 */
export const bypassesCompatible = watch(
  (arrived, { opened, duplicate, forged }) => arrived > slack && opened + duplicate + forged === 0,
);

/** The sum of one count over all tracks. */
export function total(
  measurement: Measurement | undefined,
  count: "sealed" | "opened" | "duplicate" | "forged",
): number {
  return measurement?.tracks.reduce((sum, track) => sum + track[count], 0) ?? 0;
}
