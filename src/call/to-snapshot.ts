import { hasCamera } from "./rules/choice.ts";
import { diagnose } from "./state/doctor.ts";
import type { Stuck } from "./state/doctor.ts";
import { hintsOf } from "./state/hints.ts";
import type { CallModel } from "./state/model.ts";
import { reportProtection } from "./state/protection.ts";
import type { CallAction, CallQuality, CallSnapshot, ConnectingStep } from "./snapshot.ts";

/**
 * What a screen may know of a call. Deeply frozen: whoever holds it can neither change the call nor see it change.
 *
 * @param previous the snapshot before: it is returned where nothing that a screen may know has changed, so that a screen has
 *   nothing to render while messages go to and fro.
 * @param now milliseconds since the epoch.
 */
export function toSnapshot(model: CallModel, previous?: CallSnapshot, now = 0): CallSnapshot {
  const snapshot = describe(model, now);
  // The moment alone is no change.
  const isUnchanged =
    previous !== undefined && isSame({ ...snapshot, asOf: previous.asOf }, previous);
  return isUnchanged ? previous : deepFreeze(snapshot);
}

function describe(model: CallModel, asOf: number): CallSnapshot {
  const idle = model.state === "idle";
  return {
    state: model.state,
    asOf,
    callId: idle ? null : model.callId,
    direction: idle ? null : (model.resumed?.direction ?? model.direction),
    media: model.media,
    startedAt: model.startedAt,
    connectedAt: model.connectedAt,
    endedAt: model.endedAt,
    step: waitingFor(model),
    stuck: stuckOn(model),
    local: model.local,
    devices: model.devices,
    voice: model.voice,
    hints: hintsOf(model),
    remote: model.remote,
    held: model.held,
    protection: reportProtection(model.measurements, model.protectedSince, model.encryption),
    securityCode: model.securityCode,
    verification: model.verification,
    quality: qualityOf(model),
    relayed: model.measurements.at(-1)?.relayed ?? null,
    exposesAddress: !model.settings.relayOnly,
    reconnection: model.reconnection,
    reconnections: model.reconnections,
    ending: model.ending,
    actions: possibleActions(model),
    record: model.record,
  };
}

function qualityOf({ adaptation: { report, rung, ladder } }: CallModel): CallQuality | null {
  return report === null || rung === null
    ? null
    : { ...report, sending: rung, reason: ladder.reason };
}

function stuckOn(model: CallModel): Stuck | null {
  const { state, ending, isStuck } = model;
  // The side that is told of it knows `failed` alone, and no problem of its own.
  const isOver = ending?.reason === "failed" && (ending.problem ?? "timed-out") === "timed-out";
  return isStuck && (state === "connecting" || isOver) ? diagnose(model) : null;
}

function waitingFor(model: CallModel): ConnectingStep | null {
  switch (model.state) {
    case "inviting":
      return model.invited ? null : "devices";
    case "connecting":
      return model.keysAgreed ? "path" : "keys";
    case "connected":
      // Media may flow, and the first frame that proves it has not come yet.
      return model.protectedSince === null ? "security" : null;
    default:
      return null;
  }
}

function possibleActions(model: CallModel): CallAction[] {
  const devices: CallAction[] = ["toggle-microphone", "toggle-camera"];
  if (model.securityCode !== null && model.verification.local === null) devices.push("check-code");
  if (model.devices.cameras.length > 1 && hasCamera(model)) devices.push("flip-camera");
  const hiding: CallAction[] = model.settings.mayHideAddress === true ? ["hide-address"] : [];
  switch (model.state) {
    case "idle":
      return [];
    case "incoming":
      return ["accept", "decline", "ignore", ...hiding];
    case "inviting":
    case "ringing":
      // What is taken up again goes by the choice of before.
      return model.held.local
        ? ["hang-up"]
        : ["hang-up", ...devices, ...(model.resumed === null ? hiding : [])];
    case "connecting":
      return model.held.local ? ["hang-up"] : ["hang-up", ...devices];
    case "connected":
    case "reconnecting":
      if (model.held.local) return ["hang-up", "resume"];
      return [
        "hang-up",
        "hold",
        ...devices,
        ...(model.settings.canShareScreen ? (["toggle-screen"] as const) : []),
      ];
    case "ended":
      return model.settings.canCallBack === false ? [] : ["call-back"];
  }
}

/** Whether two pieces of plain data say the same. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const [one, other] = [Object.entries(a), b as Record<string, unknown>];
  return (
    one.length === Object.keys(other).length &&
    one.every(([name, value]) => isSame(value, other[name]))
  );
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const field of Object.values(value)) deepFreeze(field);
  }
  return value;
}
