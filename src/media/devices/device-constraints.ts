import type { DeviceList, VoiceProcessing } from "../../call/state/devices.ts";

/** Direction of a camera. */
export type Facing = "user" | "environment";

/** Selections of a person, kept across calls. Updated as they choose. */
export interface ChosenDevices {
  microphone?: string;
  camera?: string;
  speaker?: string;
  noiseSuppression?: boolean;
  voiceIsolation?: boolean;
}

/** Adds `voiceIsolation` of W3C Media Capture and Streams Extensions, absent in TypeScript's DOM library. */
export type DeviceConstraint = MediaTrackConstraints & {
  readonly voiceIsolation?: ConstrainBoolean;
};

const picture: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30, max: 30 },
};

/** Returns the constraints of every microphone or camera. */
export function wantedOf(
  device: "microphone" | "camera",
  { noiseSuppression, voiceIsolation }: ChosenDevices,
): DeviceConstraint {
  if (device === "camera") return picture;
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
export function cameraAfter(
  track: MediaStreamTrack,
  cameras: DeviceList["cameras"],
): DeviceConstraint {
  const facing = facingOf(track);
  if (facing !== null) return { facingMode: { exact: facing === "user" ? "environment" : "user" } };
  const at = cameras.findIndex(({ id }) => id === track.getSettings().deviceId);
  return { deviceId: { exact: cameras[(at + 1) % cameras.length]?.id ?? "" } };
}

/** Returns the voice processing of a microphone, limited to features that can be turned off. */
export function voiceOf(track: MediaStreamTrack | undefined): VoiceProcessing {
  // Absent in some engines; in Firefox since 132.
  const could = (track as Partial<MediaStreamTrack> | undefined)?.getCapabilities?.() as
    | Record<string, unknown>
    | undefined;
  const is = track?.getSettings() as Record<string, unknown> | undefined;
  const read = (feature: keyof VoiceProcessing) => {
    const [values, value] = [could?.[feature], is?.[feature]];
    return Array.isArray(values) && values.length > 1 && typeof value === "boolean" ? value : null;
  };
  return { noiseSuppression: read("noiseSuppression"), voiceIsolation: read("voiceIsolation") };
}

/** Returns the selectable devices. Devices hidden behind an empty id are not. */
export function choicesOf(
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
