import {
  judgeProtection,
  type Measurement,
  measurementWindow,
  type Protection,
  type TrackMeasurement,
} from "../state/protection.ts";
import type { CallModel } from "../state/model.ts";
import { lacksProof } from "../state/keys.ts";
import { countTalk, talkFrom } from "../state/times.ts";
import { hasRestarted } from "../state/reconnection.ts";
import type { Encryption, PathState, TrackIndex } from "../terms.ts";
import { adapt } from "./adaptation.ts";
import { fail } from "./ending.ts";
import {
  checkPath,
  pathChangedInSetUp,
  pathChangedWhileLost,
  pathLost,
  sendProof,
} from "./reconnection.ts";
import { andThen, step, type Step } from "./step.ts";

/** Connects the call once both sides have keys and a path. */
export function startConnected(model: CallModel, now: number): Step {
  const { state, keys, path, times, reconnection } = model;
  if (state !== "connecting" || !keys.isAgreed || path.state !== "connected") return step(model);
  if (lacksProof(model)) return step(model);
  const connected: CallModel = {
    ...model,
    state: "connected",
    times: talkFrom({ ...times, connectedAt: times.connectedAt ?? now }, now),
  };
  const restart = hasRestarted(reconnection) ? (["restart"] as const) : [];
  const timers = ["connect", "stuck", ...restart] as const;
  return andThen(
    step(connected, ...timers.map((name) => ({ type: "stop-timer", name }) as const)),
    (next) => adapt(next, now),
  );
}

/** Handles a path state of the transport. A failure during set-up does not end the call: better candidates may follow. */
export function pathChanged(model: CallModel, path: PathState, now: number): Step {
  const changed: CallModel = { ...model, path: { ...model.path, state: path } };
  switch (model.state) {
    case "connecting":
      return andThen(startConnected(changed, now), (next) => pathChangedInSetUp(next, now));
    case "connected":
      return path === "disconnected" || path === "failed" ? pathLost(changed, now) : step(changed);
    case "reconnecting":
      // The callee may still wait for the proof: what was sent over a path that was lost did not arrive.
      return andThen(pathChangedWhileLost(changed, path, now), (next) =>
        path === "connected" ? sendProof(next) : step(next),
      );
    default:
      return step(changed);
  }
}

/** Units tolerated before the cipher must have processed some. */
const slack = 3;

/**
 * Age in readings of the received units: one second. The engine counts a received unit before the cipher's worker processes it,
 * which takes time on a busy machine. Sent units were processed before.
 */
const lag = 2;

/** Returns `true` where media bypassed the cipher, judged by all readings, oldest first. */
type Watch = (measurements: readonly Measurement[]) => boolean;

/** @param isPast decides by the units received a second ago, and the present counts of a track. */
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

/** Chromium silently skips a transform that was attached too late: this detects it. */
export const bypassesEncryption = watch(
  (arrived, { opened, forged }) => arrived + forged > slack && opened === 0,
);

/**
 * The same for a foreign layout, whose other side may innocently have another key. Frames that cannot be decrypted are no
 * bypass if the cipher has dropped them.
 */
export const bypassesCompatible = watch(
  (arrived, { opened, duplicate, forged }) => arrived > slack && opened + duplicate + forged === 0,
);

const bypasses: Record<Encryption, Watch> = {
  "sx-call/1": bypassesEncryption,
  compatible: bypassesCompatible,
  transport: () => false,
  none: () => false,
};

/** Records the first decrypted frame of a track. */
export function withOpened(protection: Protection, track: TrackIndex, now: number): Protection {
  return {
    ...protection,
    openedTracks: [...protection.openedTracks, track],
    since: protection.since ?? now,
  };
}

/** Records a reading of the counters. */
function withMeasurement(
  protection: Protection,
  measurement: Measurement,
  encryption: Encryption,
): Protection {
  const measurements = [...protection.measurements, measurement].slice(-measurementWindow);
  const { status } = judgeProtection(measurements, encryption);
  return {
    ...protection,
    measurements,
    wasProtected: protection.wasProtected || status === "protected" || status === "compatible",
    wasTampered: protection.wasTampered || status === "tampered",
  };
}

/** Handles a reading of the counters. Media that bypassed the cipher ends the call at once. */
export function measured(model: CallModel, measurement: Measurement, now: number): Step {
  const { encryption } = model.identity;
  const protection = withMeasurement(model.protection, measurement, encryption);
  const times = countTalk(model.times, protection.measurements, now);
  const next: CallModel = { ...model, protection, times };
  return bypasses[encryption](protection.measurements)
    ? fail(next, "unprotected", now)
    : checkPath(next, now);
}
