import type { DeviceList, VoiceProcessing } from "../../call/state/devices.ts";

/** Which way a camera looks. */
export type Facing = "user" | "environment";

/** What a person has chosen, from call to call. Filled in as they choose. */
export interface ChosenDevices {
  microphone?: string;
  camera?: string;
  speaker?: string;
  noiseSuppression?: boolean;
  voiceIsolation?: boolean;
}

/** With W3C Media Capture and Streams Extensions, section "voiceIsolation", which TypeScript's DOM library does not have. */
export type DeviceConstraint = MediaTrackConstraints & {
  readonly voiceIsolation?: ConstrainBoolean;
};

const picture: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30, max: 30 },
};

/** What is asked of every microphone or camera. */
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

/** Which way a camera looks; `null` where it does not say. */
export function facingOf(track: MediaStreamTrack): Facing | null {
  const { facingMode } = track.getSettings();
  return facingMode === "user" || facingMode === "environment" ? facingMode : null;
}

/** The camera after this one: by direction where it tells one (phones), else the next in the list (desks). */
export function cameraAfter(
  track: MediaStreamTrack,
  cameras: DeviceList["cameras"],
): DeviceConstraint {
  const facing = facingOf(track);
  if (facing !== null) return { facingMode: { exact: facing === "user" ? "environment" : "user" } };
  const at = cameras.findIndex(({ id }) => id === track.getSettings().deviceId);
  return { deviceId: { exact: cameras[(at + 1) % cameras.length]?.id ?? "" } };
}

/** What a microphone says of the voice: only what it can be without, too. */
export function voiceOf(track: MediaStreamTrack | undefined): VoiceProcessing {
  // Not in every engine: Firefox has it since 132.
  const could = (track as Partial<MediaStreamTrack> | undefined)?.getCapabilities?.() as
    Record<string, unknown> | undefined;
  const is = track?.getSettings() as Record<string, unknown> | undefined;
  const read = (feature: keyof VoiceProcessing) => {
    const [values, value] = [could?.[feature], is?.[feature]];
    return Array.isArray(values) && values.length > 1 && typeof value === "boolean" ? value : null;
  };
  return { noiseSuppression: read("noiseSuppression"), voiceIsolation: read("voiceIsolation") };
}

/** The devices that can be chosen. What a browser hides behind an empty id cannot be. */
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
