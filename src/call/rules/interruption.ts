import { type Devices, type LocalMediaStatus, noInterruption } from "../state/devices.ts";
import type { CallModel } from "../state/model.ts";
import type { DeviceName } from "../terms.ts";
import { step, type Step } from "./step.ts";

/*
 * Interruptions: the system has taken a device in use, as for a telephone call, an alarm or a privacy switch. It mostly gives it back
 * by itself. Where it does not, the device is asked for again: a few times, and whenever the page is seen again.
 */

/** Milliseconds after which a device is asked for again, one attempt after another. */
export const askAgainMilliseconds: readonly number[] = [4000, 10_000, 30_000];

const names = ["microphone", "camera", "screen"] as const satisfies readonly DeviceName[];

/** Returns the devices that the system has taken. */
export function interruptedOf(local: LocalMediaStatus): DeviceName[] {
  return names.filter((name) => local[name].state === "interrupted");
}

/** Begins to wait with the first device that is taken, and stops with the last one that is given back. */
export function followInterruption(before: Devices, model: CallModel): Step {
  const [was, is] = [interruptedOf(before.local).length > 0, hasInterruption(model)];
  if (was === is) return step(model);
  const devices = { ...model.devices, interruption: noInterruption };
  return is
    ? waitFor({ ...model, devices })
    : step({ ...model, devices }, { type: "stop-timer", name: "interruption" });
}

/** A device has not come back by itself: it is asked for again, without a prompt that nobody expects. */
export function interruptionTimedOut(model: CallModel): Step {
  return hasInterruption(model) ? askAgain(model, false) : step(model);
}

/** The page is seen again, or the system has ended an interruption: the attempts begin anew, with one at once. */
export function seen(model: CallModel): Step {
  if (!hasInterruption(model)) return step(model);
  const devices = { ...model.devices, interruption: noInterruption };
  return askAgain({ ...model, devices }, true);
}

function askAgain(model: CallModel, mayPrompt: boolean): Step {
  const { devices } = model;
  const attempts = devices.interruption.attempts + (mayPrompt ? 0 : 1);
  const [next, effects] = waitFor({
    ...model,
    devices: { ...devices, interruption: { attempts } },
  });
  const asked = interruptedOf(devices.local).map(
    (device) => ({ type: "reopen-device", device, mayPrompt }) as const,
  );
  return step(next, ...asked, ...effects);
}

function waitFor(model: CallModel): Step {
  const milliseconds = askAgainMilliseconds[model.devices.interruption.attempts];
  return milliseconds === undefined
    ? step(model)
    : step(model, { type: "start-timer", name: "interruption", milliseconds });
}

const hasInterruption = ({ devices, hold }: CallModel): boolean =>
  !hold.local && interruptedOf(devices.local).length > 0;
