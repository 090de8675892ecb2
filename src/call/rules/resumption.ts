import { originalDirection, type ResumedCall } from "../state/identity.ts";
import type { CallModel } from "../state/model.ts";
import { countTalk } from "../state/times.ts";

/** Continues the resumed call: its clock goes on, and the reconnection counts. */
export function continueFrom(model: CallModel, resumed: ResumedCall): CallModel {
  const { startedAt, connectedAt, talked, reconnections, wanted, isHeld } = resumed;
  return {
    ...model,
    identity: { ...model.identity, resumed },
    times: { ...model.times, startedAt, connectedAt, talked },
    reconnection: { ...model.reconnection, count: reconnections + 1 },
    // Screen sharing ends: it requires a person's choice each time.
    devices: { ...model.devices, wanted: { ...wanted, screen: false } },
    hold: { ...model.hold, local: isHeld },
  };
}

/** Returns the properties for a call that resumes this one; `null` if it was never connected. */
export function resumedFrom(model: CallModel, now: number): ResumedCall | null {
  const { identity, times, reconnection, devices, hold, settings } = model;
  const { startedAt, connectedAt } = times;
  if (connectedAt === null || startedAt === null) return null;
  return {
    callId: identity.callId,
    direction: originalDirection(identity),
    startedAt,
    connectedAt,
    talked: countTalk(times, model.protection.measurements, now).talked,
    reconnections: reconnection.count,
    wanted: devices.wanted,
    isHeld: hold.local,
    isHidden: settings.relayOnly,
  };
}
