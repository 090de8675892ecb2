import type { QualityReport, QualitySample } from "./quality.ts";

/** State of the quality ladder. Immutable. */
export interface LadderState {
  /** Rung that the network supports: an index of `ladderRungs`. The data saver may limit the picture further. */
  readonly rung: number;
  /** Why the rung is not the best one; `null` for the best. */
  readonly reason: "network" | "data-saver" | null;
  /** Start of a bad or good period of the network in milliseconds; `null` outside of one. */
  readonly badSince: number | null;
  readonly goodSince: number | null;
  /**
   * Start of a period in which the estimate is too small for the rung, and its largest value in kbit/s. `null` outside of one.
   */
  readonly short: { readonly since: number; readonly best: number } | null;
  /** Start of sending video on this path; `null` without video, and again after an interruption. */
  readonly sendingSince: number | null;
  readonly steppedAt: number | null;
  /** Time of the last attempt at a higher rung; `null` once it has held. */
  readonly triedAt: number | null;
  /** Rung of the last failed attempt; `null` for none, or once it has held. */
  readonly failedRung: number | null;
  /** Milliseconds of good network before that rung is tried again. */
  readonly patience: number;
  /** Round trip of this path without queueing. Milliseconds. */
  readonly baseRoundTrip: number | null;
  readonly path: string | null;
}

/** Limits of each sender, including idle ones; `null` for video that does not fit. */
export interface SenderLimits {
  readonly microphone: { readonly maxBitrate: number };
  readonly camera: PictureLimits | null;
  readonly screenSound: { readonly maxBitrate: number };
  readonly screen: Omit<PictureLimits, "maxHeight"> | null;
}

/** Limits of video: pixels of the shorter side, frames per second, payload bits per second. */
export interface PictureLimits {
  readonly maxHeight: number;
  readonly maxFramesPerSecond: number;
  readonly maxBitrate: number;
}

/** Measured quality, and this side's reaction. */
export interface Adaptation {
  /** Samples of the last seconds, oldest first. */
  readonly samples: readonly QualitySample[];
  readonly report: QualityReport | null;
  readonly ladder: LadderState;
  /** Name of the sent rung; `null` before the call is connected. */
  readonly rung: string | null;
  /** Limits last set on the senders. */
  readonly limits: SenderLimits | null;
  /** Maximum that the other side wants to receive, bits per second; `null` if not announced. */
  readonly peerBitrate: number | null;
}

/** First waiting time before a higher rung. Milliseconds. */
export const firstPatience = 8_000;

/** Start of a call: the best rung, because engines start low by themselves and adapt faster. */
export const ladderStart: LadderState = {
  rung: 0,
  reason: null,
  badSince: null,
  goodSince: null,
  short: null,
  sendingSince: null,
  steppedAt: null,
  triedAt: null,
  failedRung: null,
  patience: firstPatience,
  baseRoundTrip: null,
  path: null,
};

/** State before the first measurement. */
export const noAdaptation: Adaptation = {
  samples: [],
  report: null,
  ladder: ladderStart,
  rung: null,
  limits: null,
  peerBitrate: null,
};
