import type { Measurement } from "./protection.ts";

/**
 * When a call came to each stage, and how long the two could talk. Milliseconds since the epoch, by a clock that was set when
 * the call began and that nobody can change. `null` for a stage that was not reached.
 */
export interface CallTimes {
  readonly startedAt: number | null;
  readonly connectedAt: number | null;
  readonly endedAt: number | null;
  /** Talk time up to `talkingSince`. Excludes lost paths and sleep of the device. */
  readonly talked: number;
  /** From when on it has not been counted yet; `null` while nobody can talk. */
  readonly talkingSince: number | null;
}

export const noTimes: CallTimes = {
  startedAt: null,
  connectedAt: null,
  endedAt: null,
  talked: 0,
  talkingSince: null,
};

/**
 * The counters are read twice a second, and by a slow engine or in the background every few seconds. Where nothing has looked at them for
 * longer the device has slept, or its page was frozen. Milliseconds.
 */
const longestBlink = 30_000;
/** Minimum packets per second of an audible side: Opus sends 50. */
const leastPackets = 10;

/** From now on the two can talk. */
export function talkFrom(times: CallTimes, now: number): CallTimes {
  return { ...times, talkingSince: now };
}

/** From now on they cannot. */
export function talkUntil(
  times: CallTimes,
  measurements: readonly Measurement[],
  now: number,
): CallTimes {
  return { ...countTalk(times, measurements, now), talkingSince: null };
}

/**
 * Counts what they could talk until now.
 *
 * @param measurements every reading of the counters so far, also one of this moment. Without any nothing reads them in such a call.
 */
export function countTalk(
  times: CallTimes,
  measurements: readonly Measurement[],
  now: number,
): CallTimes {
  const { talkingSince, talked } = times;
  if (talkingSince === null) return times;
  const passed = Math.max(0, now - talkingSince);
  const hasSlept =
    passed > longestBlink &&
    measurements.length > 0 &&
    arrivedLately(measurements) < (passed / 1000) * leastPackets;
  return { ...times, talked: talked + (hasSlept ? 0 : passed), talkingSince: now };
}

/** Returns the units received between the last two readings. */
function arrivedLately(measurements: readonly Measurement[]): number {
  const [before, last] = measurements
    .slice(-2)
    .map(({ tracks }) => tracks.reduce((sum, { arrived }) => sum + arrived, 0));
  return last === undefined ? 0 : last - (before ?? 0);
}
