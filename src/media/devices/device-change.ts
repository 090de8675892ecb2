import type { VoiceProcessing } from "../../call/state/devices.ts";
import type { CallErrorCode } from "../../errors.ts";
import { cameraAfter, voiceOf, wantedOf } from "./device-constraints.ts";
import type { ChosenDevices, DeviceConstraint, Facing } from "./device-constraints.ts";
import type { DeviceDirectory } from "./device-directory.ts";
import { limited } from "../limited.ts";
import type { OpenTrack } from "./open-track.ts";

/** For a driver that does not answer. Milliseconds. */
const patience = 2000;

/** Another device in the place of one that is open, or the same one in another way. */
export interface DeviceChange {
  /** What it is to be; `null` where the open one has become it. */
  wanted(open: OpenTrack): Promise<DeviceConstraint | null>;
  /** Looks at what has opened. @returns why it is not what was wished for; `null` where it is. */
  done(open: OpenTrack): CallErrorCode | null;
}

/** To the device of that id, which is then the chosen one. */
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

/** To another treatment of the voice: on the open track, else by opening the microphone anew. */
export function toVoice(
  feature: keyof VoiceProcessing,
  on: boolean,
  chosen: ChosenDevices,
): DeviceChange {
  return {
    wanted: async ({ source, id }) => {
      const constraints = { ...wantedOf("microphone", chosen), [feature]: on };
      await limited(source.applyConstraints(constraints), patience).catch(() => undefined);
      if (voiceOf(source)[feature] === on) return null;
      // Chromium keeps the treatment of a device that is open, unless another one is demanded (seen in 156).
      return { ...(id !== null && { deviceId: { exact: id } }), [feature]: { exact: on } };
    },
    done: ({ source }) => {
      if (voiceOf(source)[feature] !== on) return "not-possible";
      chosen[feature] = on;
      return null;
    },
  };
}

/** To the next camera, or to one that looks that way. */
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
