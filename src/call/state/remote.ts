import type { DeviceName } from "../terms.ts";

/** Devices of the other side, as it reports them over the data channel. */
export interface RemoteMediaStatus {
  /** `true` once the other side has reported. Until then the other fields are `false`. */
  readonly known: boolean;
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly screen: boolean;
  /** The devices that it is opening: neither on nor off yet. Missing where there are none. */
  readonly starting?: readonly DeviceName[];
}

export const noRemoteMedia: RemoteMediaStatus = {
  known: false,
  microphone: false,
  camera: false,
  screen: false,
};
