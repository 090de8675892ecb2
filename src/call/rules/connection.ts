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
import { hasRestarted, type Candidates, type Path, type ServerFailure } from "../state/path.ts";
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
import { andThen, step, type Step, send, sendControl } from "./step.ts";
import type { SignalCandidate } from "../../signalling/messages.ts";

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

/** Maximum number of candidates per message. */
const maxBatch = 16;

/** Handles candidates of this side: sends them once the callee has accepted, and holds them before. */
export function foundCandidates(
  before: CallModel,
  candidates: readonly SignalCandidate[],
  isEnd: boolean,
): Step {
  const model: CallModel = { ...before, path: withFound(before.path, candidates) };
  return model.candidates.isTrickling
    ? sendCandidates(model, candidates, isEnd)
    : step({ ...model, candidates: withHeld(model.candidates, candidates, isEnd) });
}

/** Starts sending this side's candidates, the held ones first. */
export function startTrickling(model: CallModel): Step {
  const { held, isHeldEnd } = model.candidates;
  const trickling: CallModel = {
    ...model,
    candidates: { ...model.candidates, isTrickling: true, held: [], isHeldEnd: false },
  };
  return held.length > 0 || isHeldEnd
    ? sendCandidates(trickling, held, isHeldEnd)
    : step(trickling);
}

function sendCandidates(
  model: CallModel,
  candidates: readonly SignalCandidate[],
  isEnd: boolean,
): Step {
  const rest = candidates.slice(maxBatch);
  const isLast = rest.length === 0;
  const message = {
    type: "candidates",
    candidates: candidates.slice(0, maxBatch),
    ...(isLast && isEnd ? { end: true } : {}),
  } as const;
  // Candidates of a restart also use the faster data channel, which does not exist during set-up.
  const direct = hasRestarted(model.reconnection) ? sendControl(model, message) : step(model);
  const sent = andThen(direct, (next) => send(next, message));
  return isLast ? sent : andThen(sent, (next) => sendCandidates(next, rest, isEnd));
}

/** Maximum number of remembered failures: one for each transport of a few servers. */
const maxFailures = 16;

/** Counts this side's candidates by type (RFC 8839 section 5.1: `typ host`, `srflx`, `prflx`, `relay`). */
export function withFound(path: Path, candidates: readonly { readonly candidate: string }[]): Path {
  let { host, reflexive, relay } = path.found;
  for (const { candidate } of candidates) {
    if (/ typ relay(?: |$)/.test(candidate)) relay += 1;
    else if (/ typ (?:srflx|prflx)(?: |$)/.test(candidate)) reflexive += 1;
    else if (candidate !== "") host += 1;
  }
  return { ...path, found: { host, reflexive, relay } };
}

/** Remembers a failed server. */
export function withFailure(path: Path, failure: ServerFailure): Path {
  const isKnown = path.failures.some(
    ({ server, code }) => server === failure.server && code === failure.code,
  );
  return isKnown ? path : { ...path, failures: [...path.failures, failure].slice(-maxFailures) };
}

/** Holds this side's candidates. */
export function withHeld(
  state: Candidates,
  candidates: readonly SignalCandidate[],
  isEnd: boolean,
): Candidates {
  return {
    ...state,
    held: [...state.held, ...candidates],
    isHeldEnd: state.isHeldEnd || isEnd,
  };
}
