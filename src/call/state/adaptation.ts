import { ladderStart } from "./ladder.ts";
import type { LadderState, SenderLimits } from "./ladder.ts";
import { judgeQuality, qualityWindow } from "./quality.ts";
import type { QualityReport, QualitySample } from "./quality.ts";

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

/** Before anything was measured. */
export const noAdaptation: Adaptation = {
  samples: [],
  report: null,
  ladder: ladderStart,
  rung: null,
  limits: null,
  peerBitrate: null,
};

/** The counters were read: once a second. */
export function withSample(adaptation: Adaptation, sample: QualitySample): Adaptation {
  const samples = [...adaptation.samples, sample].slice(-qualityWindow);
  return { ...adaptation, samples, report: judgeQuality(samples) };
}

/** After a cut the first seconds say little of the path: the ladder waits before it judges. */
export function afterCut(adaptation: Adaptation): Adaptation {
  return { ...adaptation, ladder: { ...adaptation.ladder, sendingSince: null }, samples: [] };
}
