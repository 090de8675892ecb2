import type { CallEvent } from "../events.ts";
import { lacksProof } from "../state/keys.ts";
import type { CallModel } from "../state/model.ts";
import type { TimerName, DeviceName } from "../terms.ts";
import { end, fail, hangUp, leave, ringTimedOut, withdraw } from "./ending.ts";
import { accept, dial, receiveSignal, slept } from "./invitation.ts";
import { step, type Step } from "./step.ts";
import { wanting } from "../state/devices.ts";

/*
 * Rules of a call before it has a connection: dialled, ringing, accepted, or ended. The screen of
 * an incoming call loads these first. The rules of a running call load with its connection.
 */

/**
 * Rules of a call without a connection. Pure, like `transition`, which adds those of a running
 * call.
 *
 * @returns `null` for an event that only a call with a connection handles.
 */
export function ringingTransition(model: CallModel, event: CallEvent, now: number): Step | null {
  if (model.state === "ended") return step(model);
  // A call begins by dialling or by an invitation only.
  if (model.state === "idle" && event.type !== "start" && event.type !== "signal")
    return step(model);
  switch (event.type) {
    case "start":
      return model.state === "idle" ? dial(model, event, now) : step(model);
    case "withdraw":
      return withdraw(model);
    case "accept":
      return model.state === "incoming" ? accept(model, event, now) : step(model);
    case "decline":
      return model.state === "incoming"
        ? end(model, { reason: "declined", by: "local", problem: null }, "declined", now)
        : step(model);
    case "ignore":
      // The caller is not notified: for it the call is unanswered.
      return model.state === "incoming"
        ? end(model, { reason: "unanswered", by: "local", problem: null }, null, now)
        : step(model);
    case "hang-up":
      return hangUp(model, now);
    case "set-device":
      return setDevice(model, event.device, event.on);
    case "hide-address":
      return hideAddress(model, event.on);
    case "slept":
      return slept(model, event.milliseconds, now);
    case "leave":
      return leave(model, event.canResume, now);
    case "elsewhere":
      // No notification: the other device has notified the caller.
      return model.state === "incoming"
        ? end(model, { reason: event.reason, by: "local", problem: null }, null, now)
        : step(model);
    case "signal":
      return receiveSignal(model, event.message, now);
    case "timer":
      return timedOut(model, event.name, now);
    case "failed":
      return fail(model, event.code, now);
    default:
      return null;
  }
}

/** A timer that was stopped too late finds another state, and is ignored. */
function timedOut(model: CallModel, name: TimerName, now: number): Step | null {
  switch (name) {
    case "ring":
      return ["inviting", "ringing", "incoming"].includes(model.state)
        ? ringTimedOut(model, now)
        : step(model);
    case "check":
      return model.state === "incoming" && model.exchange.asking !== null
        ? ringTimedOut(model, now)
        : step(model);
    case "connect":
      return model.state === "connecting" ? connectTimedOut(model, now) : step(model);
    case "stuck":
      return model.state === "connecting"
        ? step({ ...model, path: { ...model.path, isStuck: true } })
        : step(model);
    default:
      return null;
  }
}

/** Hides or reveals this device's address before accepting. */
function hideAddress(model: CallModel, on: boolean): Step {
  if (model.state !== "incoming" || model.settings.mayHideAddress !== true) return step(model);
  return step(
    { ...model, settings: { ...model.settings, relayOnly: on } },
    { type: "hide-address", on },
  );
}

/** Handles the time limit for a path. With a path, the caller's proof is missing. */
function connectTimedOut(model: CallModel, now: number): Step {
  return fail(model, lacksProof(model) ? "insecure" : "timed-out", now);
}

/** Requests a device on or off. The result arrives as `device-changed`, which the screen shows. */
export function setDevice(model: CallModel, device: DeviceName, on: boolean): Step {
  const { state, devices, settings } = model;
  const isInCall = state === "connected" || state === "reconnecting";
  const isSetUp = state === "inviting" || state === "ringing" || state === "connecting";
  const isAllowed =
    device === "screen" ? isInCall && (!on || settings.canShareScreen) : isInCall || isSetUp;
  // A held call keeps its devices: the requested state returns with the call.
  if (!isAllowed || model.hold.local) return step(model);
  // Compared with the last request, because the device may still be opening. One that the system has taken is asked for again.
  const isTaken = on && devices.local[device].state === "interrupted";
  if (devices.wanted[device] === on && !isTaken) return step(model);
  const wanted = { ...model, devices: wanting(devices, device, on) };
  return step(wanted, { type: "set-device", device, on });
}
