import type { DeviceList, DeviceStatus, VoiceProcessing } from "../../call/state/devices.ts";
import type { DeviceName, TrackIndex } from "../../call/terms.ts";
import type { CallErrorCode } from "../../errors.ts";
import type { ChosenDevices, Facing } from "./device-choices.ts";
import type { OpeningLimits } from "./device-opener.ts";
import type { DevicePermission } from "./device-requests.ts";
import type { TrackEffect, TrackProcessor } from "./open-track.ts";

/** A device that a person chooses from a list. */
export type Chooseable = "microphone" | "camera";
export type TrackName = DeviceName | "screenSound";

/** Media sections of the tracks. */
export const sections = { microphone: 0, camera: 1, screenSound: 2, screen: 3 } as const;

/** Number of automatic replacements of a device that ended, before a person acts or a device is plugged in. */
export const mostRescues = 3;

/** Receives events of capture. */
export interface CaptureListener {
  deviceChanged(device: DeviceName, status: DeviceStatus, facing: Facing | null): void;
  devicesChanged(devices: DeviceList, voice: VoiceProcessing): void;
  /** A person's selection took effect. The listener keeps it in `CaptureOptions.chosen` at once. */
  choiceMade(choice: ChosenDevices): void;
  /** Selecting a device or changing voice processing failed; the previous state remains. */
  choiceFailed(code: CallErrorCode): void;
  /** Sets or removes a track of the connection. The device counts as on only after this. */
  place(index: TrackIndex, track: MediaStreamTrack | null): Promise<void>;
}

/** Choices of host and person, and capabilities of the platform. */
export interface CaptureOptions {
  readonly processor: TrackProcessor | null;
  /** Processing that a person can turn on. Default none. */
  readonly effects?: readonly TrackEffect[];
  /** Read at each use: the listener updates it. */
  readonly chosen: ChosenDevices;
  /** `true` where audio output can be selected (W3C Audio Output Devices, `setSinkId`). Default false. */
  readonly canChooseSpeaker?: boolean;
  /** Permission query of the browser. Unknown by default. */
  readonly permission?: DevicePermission;
  readonly limits?: OpeningLimits;
}

/** Reports the measured state of each device, and knows what it was before. */
export class DeviceReports {
  readonly #listener: (device: DeviceName, status: DeviceStatus) => void;
  readonly #reported = new Map<DeviceName, DeviceStatus>();
  /** Devices that were on since they were opened last: what the system takes of them then is an interruption, no failure. */
  readonly #hasWorked = new Set<DeviceName>();

  constructor(listener: (device: DeviceName, status: DeviceStatus) => void) {
    this.#listener = listener;
  }

  problem(device: DeviceName): DeviceStatus["problem"] {
    return this.#reported.get(device)?.problem ?? null;
  }

  report(
    device: DeviceName,
    state: DeviceStatus["state"],
    problem: DeviceStatus["problem"] = null,
    isSilenced = false,
  ): void {
    if (state === "off" && this.#reported.get(device)?.state === "off") return;
    if (state === "on") this.#hasWorked.add(device);
    else if (state === "off" || state === "failed") this.#hasWorked.delete(device);
    const status: DeviceStatus = { state, problem, ...(isSilenced && { isSilenced }) };
    this.#reported.set(device, status);
    this.#listener(device, status);
  }

  /** The system has the device. */
  taken(device: DeviceName): void {
    if (this.#hasWorked.has(device)) this.report(device, "interrupted");
    else this.report(device, "failed", "device-busy");
  }
}
