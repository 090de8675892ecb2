import { bypassesCompatible, bypassesEncryption } from "../state/measurement.ts";
import type { Measurement } from "../state/measurement.ts";
import type { CallModel } from "../state/model.ts";
import { lacksProof } from "../state/keys.ts";
import { withMeasurement } from "../state/protection.ts";
import { countTalk, talkFrom } from "../state/times.ts";
import { hasRestarted } from "../state/reconnection.ts";
import type { Encryption, PathState } from "../terms.ts";
import { adapt } from "./adaptation.ts";
import { fail } from "./ending.ts";
import { checkPath, pathChangedInSetUp, pathChangedWhileLost, pathLost } from "./reconnection.ts";
import { andThen, sendProof, step, type Step } from "./step.ts";

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

const bypasses: Record<Encryption, (measurements: readonly Measurement[]) => boolean> = {
  "sx-call/1": bypassesEncryption,
  compatible: bypassesCompatible,
  transport: () => false,
  none: () => false,
};

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
