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

/** The counters were read: once a second. */
export function qualitySampled(model: CallModel, sample: QualitySample, now: number): Step {
  return adapt({ ...model, adaptation: withSample(model.adaptation, sample) }, now);
}

/**
 * Holds the senders to what the network and the data saver leave: with every sample, and when a picture begins or ends. Sent each
 * time, changed or not: an engine that was in the middle of a negotiation applies it the next time.
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

/** The path works again after a cut. */
export function pathRestored(model: CallModel, now: number): Step {
  return adapt({ ...model, adaptation: afterCut(model.adaptation) }, now);
}

/** Sends the other side this side's limit, where it saves data: half of the cap is for what comes in. */
export function sendBitrateLimit(model: CallModel): Step {
  const { megabytesPerHour = null } = model.settings;
  if (megabytesPerHour === null) return step(model);
  const bitsPerSecond = Math.floor(dataSaverBitrate(megabytesPerHour));
  return sendControl(model, { type: "limit", bitsPerSecond });
}

/** The other side saves data. */
export function limitedByPeer(model: CallModel, peerBitrate: number, now: number): Step {
  return andThen(step({ ...model, adaptation: { ...model.adaptation, peerBitrate } }), (limited) =>
    adapt(limited, now),
  );
}

function withSample(adaptation: Adaptation, sample: QualitySample): Adaptation {
  const samples = [...adaptation.samples, sample].slice(-qualityWindow);
  return { ...adaptation, samples, report: judgeQuality(samples) };
}

/** After a cut the first seconds say little of the path: the ladder waits before it judges. */
function afterCut(adaptation: Adaptation): Adaptation {
  return { ...adaptation, ladder: { ...adaptation.ladder, sendingSince: null }, samples: [] };
}
