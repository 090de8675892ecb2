import type { Adaptation } from "../state/adaptation.ts";
import { dataSaverBitrate, senderLimits, stepLadder } from "../state/ladder.ts";
import type { CallModel } from "../state/model.ts";
import {
  judgeQuality,
  measureUplink,
  qualityWindow,
  type QualitySample,
} from "../state/quality.ts";
import { andThen, sendControl, step, type Step } from "./step.ts";

/** Handles a reading of the counters, once a second. */
export function qualitySampled(model: CallModel, sample: QualitySample, now: number): Step {
  return adapt({ ...model, adaptation: withSample(model.adaptation, sample) }, now);
}

/**
 * Applies the limits of network and data saver to the senders, at every sample and when video begins or ends. Sent even if
 * unchanged: an engine in a negotiation applies it the next time.
 */
export function adapt(model: CallModel, now: number): Step {
  const { adaptation, devices, settings } = model;
  if (model.state !== "connected" && model.state !== "reconnecting") return step(model);
  const options = {
    megabytesPerHour: settings.megabytesPerHour ?? null,
    peerBitrate: adaptation.peerBitrate,
    camera: devices.local.camera.state === "on",
    screen: devices.local.screen.state === "on",
    screenSound: devices.local.screen.state === "on",
  };
  const uplink = measureUplink(adaptation.samples);
  const [ladder, rung] = stepLadder(adaptation.ladder, uplink, options, now);
  const limits = senderLimits(rung, options);
  const adapted = { ...adaptation, ladder, rung: rung.name, limits };
  return step({ ...model, adaptation: adapted }, { type: "limit-senders", limits });
}

/** Handles a recovered path. */
export function pathRestored(model: CallModel, now: number): Step {
  return adapt({ ...model, adaptation: afterCut(model.adaptation) }, now);
}

/** Sends this side's data limit, if any: half of the cap is for received media. */
export function sendBitrateLimit(model: CallModel): Step {
  const { megabytesPerHour = null } = model.settings;
  if (megabytesPerHour === null) return step(model);
  const bitsPerSecond = Math.floor(dataSaverBitrate(megabytesPerHour));
  return sendControl(model, { type: "limit", bitsPerSecond });
}

/** Handles the other side's data limit. */
export function limitedByPeer(model: CallModel, peerBitrate: number, now: number): Step {
  return andThen(step({ ...model, adaptation: { ...model.adaptation, peerBitrate } }), (limited) =>
    adapt(limited, now),
  );
}

function withSample(adaptation: Adaptation, sample: QualitySample): Adaptation {
  const samples = [...adaptation.samples, sample].slice(-qualityWindow);
  return { ...adaptation, samples, report: judgeQuality(samples) };
}

/** Resets the ladder: the first seconds after a reconnection say little about the path. */
function afterCut(adaptation: Adaptation): Adaptation {
  return { ...adaptation, ladder: { ...adaptation.ladder, sendingSince: null }, samples: [] };
}
