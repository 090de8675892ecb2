import type { VoiceProcessing } from "../../call/state/devices.ts";
import type { CallErrorCode } from "../../errors.ts";
import { cameraAfter, voiceOf, wantedOf } from "./device-constraints.ts";
import type { ChosenDevices, DeviceConstraint, Facing } from "./device-constraints.ts";
import type { DeviceDirectory } from "./device-directory.ts";
import { limited } from "../limited.ts";
import type { OpenTrack } from "./open-track.ts";

/** Limit for an unresponsive driver. Milliseconds. */
const patience = 2000;

/** Replacement of an open device, or another mode of the same one. */
export interface DeviceChange {
  /** Constraint of the device to open; `null` where the open one was changed in place. */
  wanted(open: OpenTrack): Promise<DeviceConstraint | null>;
  /** Checks the opened device. @returns the error; `null` for success. */
  done(open: OpenTrack): CallErrorCode | null;
}

/** Changes to the device with an id, which becomes the selected one. */
export function toDevice(
  device: "microphone" | "camera",
  id: string,
  chosen: ChosenDevices,
): DeviceChange {
  return {
    wanted: (open) => Promise.resolve(open.id === id ? null : { deviceId: { exact: id } }),
    done: (open) => {
      // A host's own devices may have no ids.
      if (open.id !== id && open.id !== null) return "device-not-found";
      chosen[device] = id;
      return null;
    },
  };
}

/** Changes voice processing on the open track, or by opening the microphone again. */
export function toVoice(
  feature: keyof VoiceProcessing,
  on: boolean,
  chosen: ChosenDevices,
): DeviceChange {
  return {
    wanted: async ({ source, id }) => {
      const constraints = { ...wantedOf("microphone", chosen), [feature]: on };
      const apply = async () => source.applyConstraints(constraints);
      await limited(apply(), patience).catch(() => undefined);
      if (voiceOf(source)[feature] === on) return null;
      // Chromium keeps the processing of an open device unless a different one is required (seen in 156).
      return { ...(id !== null && { deviceId: { exact: id } }), [feature]: { exact: on } };
    },
    done: ({ source }) => {
      if (voiceOf(source)[feature] !== on) return "not-possible";
      chosen[feature] = on;
      return null;
    },
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
