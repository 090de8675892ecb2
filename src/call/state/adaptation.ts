import { dataSaverBitrate, ladderStart, senderLimits, stepLadder } from "./ladder.ts";
import type { LadderState, SenderLimits } from "./ladder.ts";
import type { CallModel } from "./model.ts";
import { judgeQuality, measureUplink, qualityWindow } from "./quality.ts";
import type { QualityReport, QualitySample } from "./quality.ts";
import { sendControl, step, then } from "../rules/step.ts";
import type { Step } from "../rules/step.ts";

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

/** One look at the counters, once a second. */
export function qualitySampled(model: CallModel, sample: QualitySample, now: number): Step {
  const samples = [...model.adaptation.samples, sample].slice(-qualityWindow);
  return adapt(
    { ...model, adaptation: { ...model.adaptation, samples, report: judgeQuality(samples) } },
    now,
  );
}

/**
 * Holds the senders to what the network and the data saver leave: at every look, and when a picture begins or ends. Told each
 * time, changed or not: an engine that was in the middle of a negotiation takes it the next time.
 */
export function adapt(model: CallModel, now: number): Step {
  const { adaptation, local, settings } = model;
  if (model.state !== "connected" && model.state !== "reconnecting") return step(model);
  const options = {
    megabytesPerHour: settings.megabytesPerHour ?? null,
    peerBitrate: adaptation.peerBitrate,
    camera: local.camera.state === "on",
    screen: local.screen.state === "on",
    screenSound: local.screen.state === "on",
  };
  const [ladder, rung] = stepLadder(
    adaptation.ladder,
    measureUplink(adaptation.samples),
    options,
    now,
  );
  const limits = senderLimits(rung, options);
  const next: CallModel = {
    ...model,
    adaptation: { ...adaptation, ladder, rung: rung.name, limits },
  };
  return step(next, { type: "limit-senders", limits });
}

/** After a cut the first seconds say little of the path: the ladder waits before it judges. */
export function pathIsBack(model: CallModel, now: number): Step {
  const { adaptation } = model;
  const ladder = { ...adaptation.ladder, sendingSince: null };
  return adapt({ ...model, adaptation: { ...adaptation, ladder, samples: [] } }, now);
}

/** Tells the other side how much this side wants to get, where it saves data: half of the cap is for what comes in. */
export function tellSaver(model: CallModel): Step {
  const { megabytesPerHour = null } = model.settings;
  if (megabytesPerHour === null) return step(model);
  return sendControl(model, {
    type: "limit",
    bitsPerSecond: Math.floor(dataSaverBitrate(megabytesPerHour)),
  });
}

/** The other side saves data. */
export function limitedByPeer(model: CallModel, peerBitrate: number, now: number): Step {
  return then(step({ ...model, adaptation: { ...model.adaptation, peerBitrate } }), (limited) =>
    adapt(limited, now),
  );
}
