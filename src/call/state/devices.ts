import type { CallErrorCode } from "../../errors.ts";
import type { CallMedia, DeviceName } from "../terms.ts";

/**
 * Measured state of a device. `starting` lasts from the intent until the device is open. `interrupted` lasts while the system
 * has taken a device that was on (W3C `MediaStreamTrack.muted`), and ends by itself. `failed` has a `problem`.
 */
export interface DeviceStatus {
  readonly state: "off" | "starting" | "on" | "interrupted" | "failed";
  /** Error of a `failed` device; `null` otherwise. */
  readonly problem: CallErrorCode | null;
  /**
   * `true` for a shared screen whose sound is left out: the other side's voice is in it, and would come back as an echo. Missing
   * otherwise.
   */
  readonly isSilenced?: true;
}

/** This side's devices. */
export interface LocalMediaStatus {
  readonly microphone: DeviceStatus;
  readonly camera: DeviceStatus;
  readonly screen: DeviceStatus;
  /** Direction of the camera; `null` while none is open, or where the platform does not report it. */
  readonly facing: "user" | "environment" | null;
  /** `true` while the screen is shared but paused: the other side keeps a still. Missing where it is not. */
  readonly screenPaused?: boolean;
}

/** A device in a selection list. */
export interface DeviceChoice {
  /** W3C `MediaDeviceInfo.deviceId`, valid for this origin in this browser only. */
  readonly id: string;
  /** The device's name from the system; empty where the browser withholds it. */
  readonly label: string;
}

/** Devices of this side. The lists are empty until a device was opened. */
export interface DeviceList {
  /** Empty until a device was opened. */
  readonly microphones: readonly DeviceChoice[];
  /** Empty until a device was opened. */
  readonly cameras: readonly DeviceChoice[];
  /** Empty where this browser cannot select an audio output. */
  readonly speakers: readonly DeviceChoice[];
  /** Id in use; `null` while none is open, or where the platform does not report it. */
  readonly microphone: string | null;
  /** Id in use; `null` while none is open, or where the platform does not report it. */
  readonly camera: string | null;
  /** The selected id; `null` for the system's default. */
  readonly speaker: string | null;
  /** `true` where the browser has a window of its own to choose a speaker, and lists no others (W3C `selectAudioOutput`). */
  readonly canAskForSpeaker?: boolean;
}

/** Processing of voice and picture, as it is measured. `null` where it cannot be changed. */
export interface VoiceProcessing {
  /** W3C Media Capture and Streams, `noiseSuppression`. */
  readonly noiseSuppression: boolean | null;
  /** W3C Media Capture and Streams Extensions, `voiceIsolation`: removes everything but the voice. */
  readonly voiceIsolation: boolean | null;
  /** W3C Media Capture and Streams Extensions, `backgroundBlur`, or the host's effect of that name. */
  readonly backgroundBlur?: boolean | null;
}

/** Devices that the person wants on. */
export type WantedDevices = Readonly<Record<DeviceName, boolean>>;

/** Devices of this side: requested and measured state. */
export interface Devices {
  readonly local: LocalMediaStatus;
  readonly wanted: WantedDevices;
  readonly available: DeviceList;
  readonly voice: VoiceProcessing;
  /** Error of the last device selection or voice processing change; `null` after success. */
  readonly choiceProblem: CallErrorCode | null;
  readonly interruption: Interruption;
}

/** Devices that the system has taken. */
export interface Interruption {
  /** Number of attempts to open them again since a person last looked at the page. */
  readonly attempts: number;
}

export const noInterruption: Interruption = { attempts: 0 };

/** State of a device that is off. */
const deviceOff: DeviceStatus = { state: "off", problem: null };

/** State with every device off. */
export const devicesOff: LocalMediaStatus = {
  microphone: deviceOff,
  camera: deviceOff,
  screen: deviceOff,
  facing: null,
};

/** State before any device was opened. */
export const noDevices: Devices = {
  local: devicesOff,
  wanted: { microphone: false, camera: false, screen: false },
  available: {
    microphones: [],
    cameras: [],
    speakers: [],
    microphone: null,
    camera: null,
    speaker: null,
  },
  voice: { noiseSuppression: null, voiceIsolation: null },
  choiceProblem: null,
  interruption: noInterruption,
};

/** Returns the devices that a call of this media starts with. */
export function wantedFor(media: CallMedia): WantedDevices {
  return { microphone: true, camera: media === "video", screen: false };
}

/** Returns `true` while the camera is on or starting. */
export function hasCamera({ local }: Pick<Devices, "local">): boolean {
  return local.camera.state === "on" || local.camera.state === "starting";
}

/** Records the requested state of a device. */
export function wanting(devices: Devices, device: DeviceName, on: boolean): Devices {
  return { ...devices, wanted: { ...devices.wanted, [device]: on } };
}

/** Devices of the other side, as it reports them over the data channel. */
export interface RemoteMediaStatus {
  /** `true` once the other side has reported. Until then the other fields are `false`. */
  readonly known: boolean;
  readonly microphone: boolean;
  /** Also while it changes to another camera. */
  readonly camera: boolean;
  readonly screen: boolean;
  /** The devices that it is opening: neither on nor off yet. Missing where there are none. */
  readonly starting?: readonly DeviceName[];
  /** The devices that its system has taken while they were on: they come back by themselves. Missing where there are none. */
  readonly interrupted?: readonly DeviceName[];
  /** `true` while it shares its screen but has paused that: the picture is a still. Missing where it is not. */
  readonly screenPaused?: boolean;
}

export const noRemoteMedia: RemoteMediaStatus = {
  known: false,
  microphone: false,
  camera: false,
  screen: false,
};

/** A measurement of an own device. `at`: milliseconds of any clock. Audio levels: 0 to 1, linear. */
export type Sense =
  /** Level of the muted microphone and of the other side, about ten times a second. */
  | { readonly of: "voice"; readonly at: number; readonly level: number; readonly remote: number }
  /** Level of the microphone while on, since the last measurement, about once a second. */
  | { readonly of: "silence"; readonly at: number; readonly level: number }
  /** Mean brightness of the camera picture, 0 to 255, and its variance, every two or ten seconds. */
  | { readonly of: "picture"; readonly light: number; readonly variance: number };

/** Derived state since the last change of a device. */
export interface Sensing {
  /** Noise floor; `null` before the first measurement. */
  readonly floor: number | null;
  /** Times of speech level within the last second. */
  readonly loudAt: readonly number[];
  /** Time of the last speech; `null` for none. */
  readonly spokenAt: number | null;
  readonly isSpeaking: boolean;
  /** Start of silence; `null` with sound. */
  readonly silentSince: number | null;
  readonly isSilent: boolean;
  /** Number of consecutive black pictures; `null` before the first measurement. */
  readonly black: number | null;
}

export const noSensing: Sensing = {
  floor: null,
  loudAt: [],
  spokenAt: null,
  isSpeaking: false,
  silentSince: null,
  isSilent: false,
  black: null,
};

/** Number of consecutive black pictures before the hint. */
export const blackPictures = 3;

/** Returns `true` after several black pictures. */
export function isBlack({ black }: Sensing): boolean {
  return (black ?? 0) >= blackPictures;
}
