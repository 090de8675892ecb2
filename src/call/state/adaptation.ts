import type { QualityReport, QualitySample } from "./quality.ts";

/** Where on the ladder a call is. Plain and immutable. */
export interface LadderState {
  /** The rung that the network bears: an index of `ladderRungs`. The data saver may hold the picture lower. */
  readonly rung: number;
  /** Why the picture is not the best; `null` where it is. */
  readonly reason: "network" | "data-saver" | null;
  /** When the network began to be bad, or good; `null` where it is not. Milliseconds. */
  readonly badSince: number | null;
  readonly goodSince: number | null;
  /** Since when the estimate is too small for the rung, and the largest since then in kbit/s; `null` where it is not. */
  readonly short: { readonly since: number; readonly best: number } | null;
  /** When a picture began to be sent on this path; `null` where there is none. `null` after a cut begins anew, too. */
  readonly sendingSince: number | null;
  readonly steppedAt: number | null;
  /** When the rung was last tried from below; `null` once it has held. */
  readonly triedAt: number | null;
  /** The rung that a try last failed on; `null` where none has, or it has held since. */
  readonly failedRung: number | null;
  /** For how long it must be good before that rung is tried again. Milliseconds. */
  readonly patience: number;
  /** The round trip of this path without a queue. Milliseconds. */
  readonly baseRoundTrip: number | null;
  readonly path: string | null;
}

/** What each sender may use, also one that sends nothing yet; `null` for a picture that there is no room for. */
export interface SenderLimits {
  readonly microphone: { readonly maxBitrate: number };
  readonly camera: PictureLimits | null;
  readonly screenSound: { readonly maxBitrate: number };
  readonly screen: Omit<PictureLimits, "maxHeight"> | null;
}

/** How large a picture may be. Pixels of the shorter side, frames per second, bits per second of payload. */
export interface PictureLimits {
  readonly maxHeight: number;
  readonly maxFramesPerSecond: number;
  readonly maxBitrate: number;
}

/** What is known of a call's quality, and what this side makes of it. */
export interface Adaptation {
  /** The last seconds, oldest first. */
  readonly samples: readonly QualitySample[];
  readonly report: QualityReport | null;
  readonly ladder: LadderState;
  /** The rung that is sent, by name; `null` before the call is connected. */
  readonly rung: string | null;
  /** What the senders were last told. */
  readonly limits: SenderLimits | null;
  /** What the other side wants to get at most, in bits a second; `null` where it did not say. */
  readonly peerBitrate: number | null;
}

/** The first wait for a better rung. Milliseconds. */
export const firstPatience = 8_000;

/** The ladder at the start of a call: the best picture, since an engine begins low by itself and finds out faster. */
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

/** Before anything was measured. */
export const noAdaptation: Adaptation = {
  samples: [],
  report: null,
  ladder: ladderStart,
  rung: null,
  limits: null,
  peerBitrate: null,
};
