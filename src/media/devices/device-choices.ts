import type { DeviceList, VoiceProcessing } from "../../call/state/devices.ts";
import type { CallMediaDevices } from "./device-requests.ts";
import { limited } from "../limited.ts";
import {
  type OpenTrack,
  type TrackEffect,
  deviceOf,
  engineValue,
  type ChosenFeatures,
  type Feature,
} from "./open-track.ts";
import type { CallErrorCode } from "../../errors.ts";

/** Direction of a camera. */
export type Facing = "user" | "environment";

/** Selections of a person, kept across calls by the controller. */
export interface ChosenDevices extends ChosenFeatures {
  readonly microphone?: string;
  readonly camera?: string;
  readonly speaker?: string;
}

/** Adds constraints of W3C Media Capture and Streams Extensions, absent in TypeScript's DOM library. */
export type DeviceConstraint = MediaTrackConstraints & {
  readonly voiceIsolation?: ConstrainBoolean;
  readonly backgroundBlur?: ConstrainBoolean;
};

const picture: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30, max: 30 },
};

/** Returns the constraints of every microphone or camera. */
export function wantedOf(
  device: "microphone" | "camera",
  { noiseSuppression, voiceIsolation, backgroundBlur }: ChosenDevices,
): DeviceConstraint {
  if (device === "camera")
    return backgroundBlur === undefined ? picture : { ...picture, backgroundBlur };
  const isolation = voiceIsolation === undefined ? {} : { voiceIsolation };
  return {
    echoCancellation: true,
    noiseSuppression: noiseSuppression ?? true,
    autoGainControl: true,
    ...isolation,
  };
}

/** Returns the direction of a camera; `null` if unknown. */
export function facingOf(track: MediaStreamTrack): Facing | null {
  const { facingMode } = track.getSettings();
  return facingMode === "user" || facingMode === "environment" ? facingMode : null;
}

/** Returns the next camera: by direction where known (phones), or by list order (desktops). */
function cameraAfter(track: MediaStreamTrack, cameras: DeviceList["cameras"]): DeviceConstraint {
  const facing = facingOf(track);
  if (facing !== null) return { facingMode: { exact: facing === "user" ? "environment" : "user" } };
  const at = cameras.findIndex(({ id }) => id === track.getSettings().deviceId);
  return { deviceId: { exact: cameras[(at + 1) % cameras.length]?.id ?? "" } };
}

/** Returns `true` where an effect of the host does what the engine cannot. */
function isByEffect(
  source: MediaStreamTrack | undefined,
  feature: Feature,
  effects: readonly TrackEffect[],
): boolean {
  return engineValue(source, feature) === null && effects.some((one) => one.feature === feature);
}

/** Returns the selectable devices. Devices hidden behind an empty id are not. */
function choicesOf(
  found: readonly MediaDeviceInfo[],
  canChooseSpeaker: boolean,
): Pick<DeviceList, "microphones" | "cameras" | "speakers"> {
  const of = (wanted: MediaDeviceKind) =>
    found
      .filter(({ kind, deviceId }) => kind === wanted && deviceId !== "")
      .map(({ deviceId, label }) => ({ id: deviceId, label }));
  return {
    microphones: of("audioinput"),
    cameras: of("videoinput"),
    speakers: canChooseSpeaker ? of("audiooutput") : [],
  };
}

/** Limit for an unresponsive driver, and for a delayed list of devices. Milliseconds. */
const patience = 2000;

/** Names of the engine's list. */
const inputs = { microphone: "audioinput", camera: "videoinput" } as const;

/** Inputs of a device list. */
interface DirectorySources {
  readonly devices: CallMediaDevices | null;
  readonly chosen: ChosenDevices;
  readonly canChooseSpeaker: boolean;
  readonly effects: readonly TrackEffect[];
  /** Returns the open device of that kind. */
  open(device: "microphone" | "camera"): OpenTrack | undefined;
  report(devices: DeviceList, voice: VoiceProcessing): void;
}

/** Reports available devices and those in use after each change, until the signal is aborted. */
export class DeviceDirectory {
  readonly #sources: DirectorySources;
  readonly #signal: AbortSignal;
  #hasOpened = false;
  choices: ReturnType<typeof choicesOf> = { microphones: [], cameras: [], speakers: [] };

  /** @param plugged called when a device was plugged in or out, with the new list. */
  constructor(sources: DirectorySources, signal: AbortSignal, plugged: () => void) {
    this.#sources = sources;
    this.#signal = signal;
    const changed = () => {
      void this.list().then(() => {
        if (!signal.aborted) plugged();
      });
    };
    sources.devices?.addEventListener?.("devicechange", changed, { signal });
  }

  /** Lets the person choose a speaker in a window of the browser. Closing it changes nothing. */
  async askForSpeaker(listener: { choiceMade(choice: ChosenDevices): void }): Promise<void> {
    try {
      // In the task of the press, which the browser demands.
      const found = await this.#sources.devices?.selectAudioOutput?.();
      if (found === undefined || this.#signal.aborted) return;
      listener.choiceMade({ speaker: found.deviceId });
      await this.list();
    } catch {
      // The person has closed it.
    }
  }

  /** A device was opened: from now on the browser reports names. No query before that. */
  opened(): void {
    this.#hasOpened = true;
    this.report();
    void this.list();
  }

  /** @returns the engine's list; `null` without an answer. */
  async list(): Promise<readonly MediaDeviceInfo[] | null> {
    if (!this.#hasOpened || this.#signal.aborted) return null;
    const { devices, canChooseSpeaker } = this.#sources;
    let found = null;
    try {
      found = (await (devices && limited(devices.enumerateDevices(), patience))) ?? [];
      this.choices = choicesOf(found, canChooseSpeaker);
    } catch {
      // The previous list is better than none, and a camera change waits for this one.
    }
    this.report();
    return found;
  }

  /**
   * Returns `true` where the engine lists other devices only, or none. The permission state does not tell: a one-time
   * permission is `prompt` even while in use (seen in Firefox 153). The list distinguishes an unplugged device from a revoked
   * permission, which leaves the device there or hides its id.
   */
  async isGone(device: keyof typeof inputs, id: string | null): Promise<boolean> {
    const isThere = ({ kind, deviceId }: MediaDeviceInfo) =>
      kind === inputs[device] && (deviceId === "" || deviceId === id);
    return (await this.list())?.some(isThere) === false;
  }

  report(): void {
    if (this.#signal.aborted) return;
    const { chosen, open, report, devices, canChooseSpeaker } = this.#sources;
    const canAsk = canChooseSpeaker && typeof devices?.selectAudioOutput === "function";
    const isChosen = ({ id }: { readonly id: string }) => id === chosen.speaker;
    report(
      {
        ...this.choices,
        microphone: open("microphone")?.id ?? null,
        camera: open("camera")?.id ?? null,
        speaker: this.choices.speakers.find(isChosen)?.id ?? null,
        ...(canAsk && this.#hasOpened && { canAskForSpeaker: true }),
      },
      {
        noiseSuppression: this.#valueOf("noiseSuppression"),
        voiceIsolation: this.#valueOf("voiceIsolation"),
        backgroundBlur: this.#valueOf("backgroundBlur"),
      },
    );
  }

  #valueOf(feature: Feature): boolean | null {
    const { open, effects, chosen } = this.#sources;
    const device = open(deviceOf(feature));
    if (!isByEffect(device?.source, feature, effects)) return engineValue(device?.source, feature);
    return device === undefined ? chosen[feature] === true : hasEffect(device, feature);
  }
}

const hasEffect = (open: OpenTrack, feature: Feature): boolean =>
  open.effects.some((one) => one === feature);

/** Replacement of an open device, or another mode of the same one. */
export interface DeviceChange {
  /**
   * Constraint of the device to open; `null` where the open one was changed in place, `reprocess` where its track is to be
   * processed again.
   */
  wanted(open: OpenTrack): Promise<DeviceConstraint | "reprocess" | null>;
  /** Checks the opened device. @returns the error; `null` for success. */
  done(open: OpenTrack): CallErrorCode | null;
  /** `true` where the open device stays in use meanwhile, unless another one has to be opened. */
  readonly stays?: boolean;
  /** Selection of a person, to be kept once the change is done. */
  readonly choice?: ChosenDevices;
}

/** Changes to the device with an id. */
export function toDevice(id: string): DeviceChange {
  return {
    wanted: (open) => Promise.resolve(open.id === id ? null : { deviceId: { exact: id } }),
    // A host's own devices may have no ids.
    done: (open) => (open.id !== id && open.id !== null ? "device-not-found" : null),
  };
}

/** Opens the same device again, which the system has taken. */
export const again: DeviceChange = {
  wanted: ({ id }) => Promise.resolve(id === null ? {} : { deviceId: { exact: id } }),
  done: () => null,
};

/** Changes voice processing on the open track, or by opening the microphone again. */
export function toVoice(
  feature: Feature,
  on: boolean,
  chosen: ChosenDevices,
  effects: readonly TrackEffect[],
): DeviceChange {
  return {
    wanted: async ({ source, id }) => {
      if (isByEffect(source, feature, effects)) return "reprocess";
      const constraints = { ...wantedOf(deviceOf(feature), chosen), [feature]: on };
      const apply = async () => source.applyConstraints(constraints);
      await limited(apply(), patience).catch(() => undefined);
      if (engineValue(source, feature) === on) return null;
      // Chromium keeps the processing of an open device unless a different one is required (seen in 156).
      return { ...(id !== null && { deviceId: { exact: id } }), [feature]: { exact: on } };
    },
    done: (open) =>
      (engineValue(open.source, feature) ?? hasEffect(open, feature)) === on
        ? null
        : "not-possible",
    stays: true,
    choice: { [feature]: on },
  };
}

/** Changes to the next camera, or to one with a direction. */
export function toOtherCamera(to: Facing | undefined, directory: DeviceDirectory): DeviceChange {
  return {
    wanted: async ({ source }) => {
      if (to !== undefined) return { facingMode: to };
      await directory.list();
      return cameraAfter(source, directory.choices.cameras);
    },
    done: () => null,
  };
}
