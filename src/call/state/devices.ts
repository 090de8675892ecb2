import type { CallErrorCode } from "../../errors.ts";
import type { CallMedia, DeviceName } from "../terms.ts";

/** A device of this side, as measured. `starting` is the time between the intent and the device; `failed` has a `problem`. */
export interface DeviceStatus {
  readonly state: "off" | "starting" | "on" | "failed";
  /** Why it failed; `null` otherwise. */
  readonly problem: CallErrorCode | null;
}

/** This side's devices. */
export interface LocalMediaStatus {
  readonly microphone: DeviceStatus;
  readonly camera: DeviceStatus;
  readonly screen: DeviceStatus;
  /** Which way the camera faces; `null` while none is open or where the platform does not say. */
  readonly facing: "user" | "environment" | null;
}

/** A device that a person can choose. */
export interface DeviceChoice {
  /** W3C `MediaDeviceInfo.deviceId`: of use on this page and in this browser only. */
  readonly id: string;
  /** The device's name in the system's words; empty where the browser does not tell it. */
  readonly label: string;
}

/** The devices of this side: nothing is listed before one of them was opened. */
export interface DeviceList {
  readonly microphones: readonly DeviceChoice[];
  readonly cameras: readonly DeviceChoice[];
  /** Empty where this browser plays everything where the system wants it. */
  readonly speakers: readonly DeviceChoice[];
  /** The id in use; `null` where none is open or the platform does not say. */
  readonly microphone: string | null;
  /** The id in use; `null` where none is open or the platform does not say. */
  readonly camera: string | null;
  /** The id that was chosen; `null` for the system's own. */
  readonly speaker: string | null;
}

/** Voice processing, as the microphone itself reports it; `null` where this browser, or this microphone, cannot change it. */
export interface VoiceProcessing {
  /** W3C Media Capture and Streams, `noiseSuppression`. */
  readonly noiseSuppression: boolean | null;
  /** W3C Media Capture and Streams Extensions, `voiceIsolation`: everything but the voice is removed. */
  readonly voiceIsolation: boolean | null;
}

/** Which of its devices a person wants to be on. */
export type WantedDevices = Readonly<Record<DeviceName, boolean>>;

/** This side's devices: what a person wants, and what became of it. */
export interface Devices {
  readonly local: LocalMediaStatus;
  readonly wanted: WantedDevices;
  readonly available: DeviceList;
  readonly voice: VoiceProcessing;
  /** Why the last choice of a device or of voice processing failed; `null` where it did not. */
  readonly choiceProblem: CallErrorCode | null;
}

/** A device that is off. */
const deviceOff: DeviceStatus = { state: "off", problem: null };

/** Every device is off. */
export const devicesOff: LocalMediaStatus = {
  microphone: deviceOff,
  camera: deviceOff,
  screen: deviceOff,
  facing: null,
};

/** No device has been opened yet. */
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
};

/** The devices that a call of this kind starts with. */
export function wantedFor(media: CallMedia): WantedDevices {
  return { microphone: true, camera: media === "video", screen: false };
}

/** Whether a camera is on, or starting. */
export function hasCamera({ local }: Pick<Devices, "local">): boolean {
  return local.camera.state === "on" || local.camera.state === "starting";
}

/** A person wants a device on or off. */
export function wanting(devices: Devices, device: DeviceName, on: boolean): Devices {
  return { ...devices, wanted: { ...devices.wanted, [device]: on } };
}
