import type { VoiceProcessing } from "../../call/state/devices.ts";

/** Processing that has a switch. */
export type Feature = keyof VoiceProcessing;

/** Processing that a person has turned on or off. */
export type ChosenFeatures = Readonly<Partial<Record<Feature, boolean>>>;

/** Returns the device of a feature. */
export const deviceOf = (feature: Feature): "microphone" | "camera" =>
  feature === "backgroundBlur" ? "camera" : "microphone";

/** Returns the engine's own processing of a device. `null` where it has none that can be turned off. */
export function engineValue(track: MediaStreamTrack | undefined, feature: Feature): boolean | null {
  // Absent in some engines; in Firefox since 132.
  const could = (track as Partial<MediaStreamTrack> | undefined)?.getCapabilities?.() as
    | Record<string, unknown>
    | undefined;
  const is = track?.getSettings() as Record<string, unknown> | undefined;
  const [values, value] = [could?.[feature], is?.[feature]];
  return Array.isArray(values) && values.length > 1 && typeof value === "boolean" ? value : null;
}
