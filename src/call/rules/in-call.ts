import { adapt } from "../state/adaptation.ts";
import { fail } from "./ending.ts";
import type { CallEvent, DeviceName } from "../events.ts";
import { noSenses } from "../state/hints.ts";
import { bypassesCompatible, bypassesEncryption } from "../state/measurement.ts";
import type { Measurement } from "../state/measurement.ts";
import type { CallModel, PathState } from "../state/model.ts";
import { judgeProtection, measurementWindow } from "../state/protection.ts";
import type { Encryption } from "../state/protection.ts";
import {
  hasRestarted,
  lookAtPath,
  pathChangedInSetUp,
  pathChangedWhileLost,
  pathLost,
} from "./reconnection.ts";
import { step, tellMedia, then } from "./step.ts";
import type { Step } from "./step.ts";

/** A person wants a device on or off. What has become of it comes back as `device-changed`: the screen shows that. */
export function switchDevice(model: CallModel, device: DeviceName, on: boolean): Step {
  const inCall = model.state === "connected" || model.state === "reconnecting";
  const isOutgoing =
    model.state === "inviting" || model.state === "ringing" || model.state === "connecting";
  const allowed =
    device === "screen" ? inCall && (!on || model.settings.canShareScreen) : inCall || isOutgoing;
  // On hold nothing is switched: what was wished before comes back with the call.
  if (model.held.local) return step(model);
  // Held against the last wish, not against the device: that may still be on its way to what was wished before.
  if (!allowed || model.wishes[device] === on) return step(model);
  return step(
    { ...model, wishes: { ...model.wishes, [device]: on } },
    { type: "switch", device, on },
  );
}

/** A device has changed: this side's screen learns it from the snapshot, the other side over the data channel. */
export function deviceChanged(
  model: CallModel,
  event: Extract<CallEvent, { type: "device-changed" }>,
): Step {
  const { device, status, facing } = event;
  const local = {
    ...model.local,
    [device]: status,
    ...(device === "camera" ? { facing } : {}),
  };
  // A device that failed, or that the browser's own bar switched off, is not wished for any more.
  // On hold every device is off, and nobody has wished for that.
  const isWished = status.state === "starting" || status.state === "on";
  const wishes = model.held.local ? model.wishes : { ...model.wishes, [device]: isWished };
  // Another device, or none, or another mute: what was sensed before was of something else.
  const changed = tellMedia({ ...model, local, wishes, senses: noSenses });
  const { problem } = status;
  return status.state === "failed" && problem !== null
    ? then(changed, (next) => step(next, { type: "report", code: problem }))
    : changed;
}

/** Both sides have keys and a path: the call is connected. */
export function startConnected(model: CallModel, now: number): Step {
  if (model.state !== "connecting" || !model.keysAgreed || model.path !== "connected")
    return step(model);
  const connected: CallModel = {
    ...model,
    state: "connected",
    connectedAt: model.connectedAt ?? now,
  };
  const timers = [
    "connect",
    "stuck",
    ...(hasRestarted(model) ? (["restart"] as const) : []),
  ] as const;
  return then(
    step(connected, ...timers.map((name) => ({ type: "stop-timer", name }) as const)),
    (next) => adapt(next, now),
  );
}

/** The transport tells of its path. While a call is set up a failure is not the end: better candidates may be on their way. */
export function pathChanged(model: CallModel, path: PathState, now: number): Step {
  const changed: CallModel = { ...model, path };
  switch (model.state) {
    case "connecting":
      return then(startConnected(changed, now), (next) => pathChangedInSetUp(next, now));
    case "connected":
      return path === "disconnected" || path === "failed" ? pathLost(changed, now) : step(changed);
    case "reconnecting":
      return pathChangedWhileLost(changed, path, now);
    default:
      return step(changed);
  }
}

const bypasses: Record<Encryption, (measurements: readonly Measurement[]) => boolean> = {
  "sx-call/1": bypassesEncryption,
  compatible: bypassesCompatible,
  none: () => false,
};

/** The counters were read. Media that went past the cipher ends the call at once. */
export function measured(model: CallModel, measurement: Measurement, now: number): Step {
  const measurements = [...model.measurements, measurement].slice(-measurementWindow);
  const { status } = judgeProtection(measurements, model.encryption);
  const next: CallModel = {
    ...model,
    measurements,
    everProtected: model.everProtected || status === "protected" || status === "compatible",
    everTampered: model.everTampered || status === "tampered",
  };
  return bypasses[model.encryption](measurements)
    ? fail(next, "unprotected", now)
    : lookAtPath(next, now);
}
