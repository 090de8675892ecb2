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
