/** The four tracks of a call, in the order of the media sections: 0 microphone, 1 camera, 2 screen audio, 3 screen video. */
export type TrackIndex = 0 | 1 | 2 | 3;

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
}

/** How many units may be seen before the cipher must have had a part in them. */
const slack = 3;

/**
 * Whether media went past the cipher, in either direction. Chromium skips a transform that was attached too late without a
 * word: this is how it would be noticed.
 */
export function bypassesEncryption({ tracks }: Measurement): boolean {
  return tracks.some(
    ({ left, sealed, arrived, opened, forged }) => left > sealed + slack || (arrived + forged > slack && opened === 0),
  );
}

/**
 * The same for a foreign layout, whose other side may hold another key without anybody's fault: frames that cannot be opened
 * are no bypass as long as the cipher has seen and dropped them.
 */
export function bypassesCompatible({ tracks }: Measurement): boolean {
  return tracks.some(
    ({ left, sealed, arrived, opened, duplicate, forged }) =>
      left > sealed + slack || (arrived > slack && opened + duplicate + forged === 0),
  );
}

/** The sum of one count over all tracks. */
export function total(measurement: Measurement | undefined, count: "sealed" | "opened" | "duplicate" | "forged"): number {
  return measurement?.tracks.reduce((sum, track) => sum + track[count], 0) ?? 0;
}
