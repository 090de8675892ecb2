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
 */
export type ProtectionStatus = "none" | "protected" | "one-way" | "stalled" | "tampered" | "compatible";

/** The lock and the numbers behind it. Counts are frames since the call began. */
export interface ProtectionReport {
  readonly status: ProtectionStatus;
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

/** How many measurements make two seconds, the one before them included. */
export const measurementWindow = 5;

/** The share of forged frames from which the lock says `tampered`. */
const tamperedShare = 0.05;

/**
 * What the lock says of the last two seconds.
 *
 * @param measurements totals, oldest first, at most {@link measurementWindow} of them.
 */
export function protectionStatus(measurements: readonly Measurement[]): ProtectionStatus {
  const first = measurements.length < measurementWindow ? undefined : measurements[0];
  const last = measurements.at(-1);
  const sealed = total(last, "sealed");
  const opened = total(last, "opened");
  const newSealed = sealed - total(first, "sealed");
  const newOpened = opened - total(first, "opened");
  const newForged = total(last, "forged") - total(first, "forged");
  if (newForged > 0 && newForged >= tamperedShare * (newForged + newOpened)) return "tampered";
  if (newSealed > 0 && newOpened > 0) return "protected";
  if (sealed > 0 && opened > 0) return "stalled";
  return sealed > 0 || opened > 0 ? "one-way" : "none";
}
