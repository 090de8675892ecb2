import type { CallEvent } from "../events.ts";
import {
  type Devices,
  type LocalMediaStatus,
  noInterruption,
  wanting,
  blackPictures,
  noSensing,
  type Sense,
  type Sensing,
  isBlack,
} from "../state/devices.ts";
import type { CallModel } from "../state/model.ts";
import type { DeviceName, CaptureHint } from "../terms.ts";
import { canChoose } from "./running-intents.ts";
import { andThen, sendControl, step, type Step } from "./step.ts";

/*
 * Rules about own devices that run only with a connection: measured, changed, and chosen. The rule that a ringing call needs is in
 * `ringing.ts`, which loads first.
 */

/** -40 dBFS: a voice near a microphone is louder. */
const leastVoice = 0.01;
/** Ratio over the adaptive noise floor that counts as speech. */
const overFloor = 3;
/** Share of the difference by which the floor rises at each measurement. It falls at once. */
const floorRise = 0.02;
/** Level of the other side above which the microphone may pick up its echo. */
const leastRemote = 0.02;
/** Measurements per second at speech level that start speech: 0.4 s, longer than a cough or a key. Fewer continue it. */
const loudToBegin = 4;
const loudToGoOn = 2;
const loudWindow = 1000;
/** Milliseconds for which the hint stays after the last speech. */
const speakingMilliseconds = 4000;
/** -80 dBFS: quieter than any room, as from a dead microphone. */
const leastSound = 0.0001;
/** Milliseconds of silence before the hint. */
const silentMilliseconds = 5000;
/** Brightness of 255 below which a picture is black. A dark room has more noise. */
const blackLight = 10;
const blackVariance = 4;

/** Updates the state by a measurement. */
function withSense(sensing: Sensing, sense: Sense): Sensing {
  switch (sense.of) {
    case "voice":
      return judgeVoice(sensing, sense);
    case "silence": {
      const silentSince = sense.level < leastSound ? (sensing.silentSince ?? sense.at) : null;
      return {
        ...sensing,
        silentSince,
        isSilent: silentSince !== null && sense.at - silentSince >= silentMilliseconds,
      };
    }
    case "picture": {
      const isBlack = sense.light < blackLight && sense.variance < blackVariance;
      return { ...sensing, black: isBlack ? Math.min((sensing.black ?? 0) + 1, blackPictures) : 0 };
    }
  }
}

function judgeVoice(
  sensing: Sensing,
  { at, level, remote }: Extract<Sense, { of: "voice" }>,
): Sensing {
  const before = sensing.floor ?? level;
  const floor = Math.min(level, before + (level - before) * floorRise);
  const isLoud = level > Math.max(leastVoice, before * overFloor) && remote < leastRemote;
  const loudAt = [...sensing.loudAt, ...(isLoud ? [at] : [])].filter(
    (one) => at - one < loudWindow,
  );
  const speaks = isLoud && loudAt.length >= (sensing.isSpeaking ? loudToGoOn : loudToBegin);
  const spokenAt = speaks ? at : sensing.spokenAt;
  return {
    ...sensing,
    floor,
    loudAt,
    spokenAt,
    isSpeaking: spokenAt !== null && at - spokenAt < speakingMilliseconds,
  };
}

/** Handles a measurement. Measurements from before a device change are dropped. */
export function sensed(model: CallModel, sense: Sense): Step {
  const plan = sensingPlan(model);
  const isWanted = sense.of === "picture" ? plan.camera !== null : plan.microphone === sense.of;
  return step(isWanted ? { ...model, sensing: withSense(model.sensing, sense) } : model);
}

/** Sends the other side the state of this side's devices. */
export function sendMediaState(model: CallModel): Step {
  const { local } = model.devices;
  const { microphone, camera, screen } = local;
  const starting = (["microphone", "camera", "screen"] as const).filter(
    (device) => local[device].state === "starting",
  );
  const interrupted = interruptedOf(local);
  return sendControl(model, {
    type: "media",
    microphone: microphone.state === "on",
    camera: camera.state === "on",
    screen: screen.state === "on",
    ...(starting.length > 0 && { starting }),
    ...(interrupted.length > 0 && { interrupted }),
    ...(local.screenPaused === true && { screenPaused: true }),
  });
}

/** Handles a changed device: the snapshot shows it here, and the data channel reports it to the other side. */
export function deviceChanged(
  model: CallModel,
  { device, status, facing }: Extract<CallEvent, { type: "device-changed" }>,
): Step {
  // A device that failed, or that the browser's own controls turned off, is no longer requested. A hold turns all devices off
  // without a request.
  const isWanted = ["starting", "on", "interrupted"].includes(status.state);
  const devices = model.hold.local ? model.devices : wanting(model.devices, device, isWanted);
  const { screenPaused, ...others } = devices.local;
  const local = {
    ...others,
    // A new screen share is not paused.
    ...(screenPaused === true && device !== "screen" && { screenPaused }),
    [device]: status,
    ...(device === "camera" ? { facing } : {}),
  };
  // Earlier measurements belong to another device or state.
  const changed = { ...model, devices: { ...devices, local }, sensing: noSensing };
  const { problem } = status;
  const followed = followInterruption(model.devices, changed);
  return andThen(andThen(followed, sendMediaState), (sent) =>
    status.state === "failed" && problem !== null
      ? step(sent, { type: "report", code: problem })
      : step(sent),
  );
}

/** Pauses the shared screen, or goes on: the other side is notified that what it sees is a still. */
export function pauseScreen(model: CallModel, on: boolean): Step {
  const { screenPaused = false, ...others } = model.devices.local;
  if (others.screen.state !== "on" || screenPaused === on) return step(model);
  const local = { ...others, ...(on && { screenPaused: on }) };
  const paused = { ...model, devices: { ...model.devices, local } };
  return andThen(sendMediaState(paused), (sent) => step(sent, { type: "pause-screen", on }));
}

/** Requests a device selection or voice processing. The result arrives as `devices-listed`. */
export function choose(
  model: CallModel,
  event: Extract<CallEvent, { type: "choose-device" | "set-voice" }>,
): Step {
  if (!canChoose(model.devices, event)) return step(model);
  return step({ ...model, devices: { ...model.devices, choiceProblem: null } }, event);
}

/*
 * Interruptions: the system has taken a device in use, as for a telephone call, an alarm or a privacy switch. It mostly gives it back
 * by itself. Where it does not, the device is asked for again: a few times, and whenever the page is seen again.
 */

/** Milliseconds after which a device is asked for again, one attempt after another. */
export const askAgainMilliseconds: readonly number[] = [4000, 10_000, 30_000];

const names = ["microphone", "camera", "screen"] as const satisfies readonly DeviceName[];

/** Returns the devices that the system has taken. */
function interruptedOf(local: LocalMediaStatus): DeviceName[] {
  return names.filter((name) => local[name].state === "interrupted");
}

/** Begins to wait with the first device that is taken, and stops with the last one that is given back. */
function followInterruption(before: Devices, model: CallModel): Step {
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

/*
 * Hints about own devices: speaking while muted, a silent microphone, a black camera. A false alarm is worse than a miss,
 * because people stop reading hints after false ones.
 */

/** Measurements of this side's devices. */
export interface SensingPlan {
  /** `voice` detects speech while muted; `silence` detects a microphone without sound. */
  readonly microphone: "voice" | "silence" | null;
  /** Interval of camera measurements. They are costly, so a camera that works is measured rarely. */
  readonly camera: "closely" | "rarely" | null;
}

/** Returns the present measurements: only for a running call, and only for devices that a person believes to work. */
export function sensingPlan({ state, hold, devices, sensing }: CallModel): SensingPlan {
  if ((state !== "connected" && state !== "reconnecting") || hold.local)
    return { microphone: null, camera: null };
  const { microphone, camera } = devices.local;
  // Voice isolation produces silence without speech.
  const whileOn = devices.voice.voiceIsolation === true ? null : "silence";
  return {
    microphone: microphone.state === "off" ? "voice" : microphone.state === "on" ? whileOn : null,
    camera: camera.state !== "on" ? null : sensing.black === 0 ? "rarely" : "closely",
  };
}

/** Returns the present hints. */
export function hintsOf(model: CallModel): CaptureHint[] {
  const plan = sensingPlan(model);
  const { isSpeaking, isSilent } = model.sensing;
  return [
    ...(plan.microphone === "voice" && isSpeaking ? (["speaking-while-muted"] as const) : []),
    ...(plan.microphone === "silence" && isSilent ? (["microphone-silent"] as const) : []),
    ...(plan.camera !== null && isBlack(model.sensing) ? (["camera-black"] as const) : []),
  ];
}
