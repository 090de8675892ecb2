import type { DeviceName, TrackIndex } from "../../call/terms.ts";
import type { DeviceList, DeviceStatus, VoiceProcessing } from "../../call/state/devices.ts";
import type { CallErrorCode } from "../../errors.ts";
import type { ChosenDevices, Facing } from "./device-constraints.ts";
import type { OpeningLimits } from "./device-opener.ts";
import type { DevicePermission } from "./device-permission.ts";
import type { TrackProcessor } from "./track-processor.ts";

/** What capture tells. */
export interface CaptureListener {
  deviceChanged(device: DeviceName, status: DeviceStatus, facing: Facing | null): void;
  devicesChanged(devices: DeviceList, voice: VoiceProcessing): void;
  /** Another device, or another voice, came to nothing: what was there before goes on. */
  choiceFailed(code: CallErrorCode): void;
  /** Puts a track on the wire, or takes it off. The device counts as on only after this. */
  place(index: TrackIndex, track: MediaStreamTrack | null): Promise<void>;
}

/** What a host and a person have chosen, and what the platform can. */
export interface CaptureOptions {
  readonly processor: TrackProcessor | null;
  /** Filled in as a person chooses. */
  readonly chosen: ChosenDevices;
  /** Whether an element can be told where to play (W3C Audio Output Devices, `setSinkId`). Default false. */
  readonly canChooseSpeaker?: boolean;
  /** What the browser allows. Nothing is known of it by default. */
  readonly permission?: DevicePermission;
  readonly limits?: OpeningLimits;
}
