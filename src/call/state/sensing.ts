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

/** -40 dBFS: a voice near a microphone is louder. */
const leastVoice = 0.01;
/** Ratio over the adaptive noise floor that counts as speech. */
const overFloor = 3;
/** Share of the difference by which the floor rises at each measurement. It falls at once. */
const floorRise = 0.02;
/** Level of the other side above which the microphone may pick up its echo. */
const leastRemote = 0.02;
/** Measurements per second at speech level that start speech: 0.4 s, longer than a cough or a key. Fewer continue it. */
const loudToBegin = 4;
const loudToGoOn = 2;
const loudWindow = 1000;
/** Milliseconds for which the hint stays after the last speech. */
const speakingMilliseconds = 4000;
/** -80 dBFS: quieter than any room, as from a dead microphone. */
const leastSound = 0.0001;
/** Milliseconds of silence before the hint. */
const silentMilliseconds = 5000;
/** Brightness of 255 below which a picture is black. A dark room has more noise. */
const blackLight = 10;
const blackVariance = 4;
/** Number of consecutive black pictures before the hint. */
const blackPictures = 3;

/** Updates the state by a measurement. */
export function withSense(sensing: Sensing, sense: Sense): Sensing {
  switch (sense.of) {
    case "voice":
      return judgeVoice(sensing, sense);
    case "silence": {
      const silentSince = sense.level < leastSound ? (sensing.silentSince ?? sense.at) : null;
      return {
        ...sensing,
        silentSince,
        isSilent: silentSince !== null && sense.at - silentSince >= silentMilliseconds,
      };
    }
    case "picture": {
      const isBlack = sense.light < blackLight && sense.variance < blackVariance;
      return { ...sensing, black: isBlack ? Math.min((sensing.black ?? 0) + 1, blackPictures) : 0 };
    }
  }
}

function judgeVoice(
  sensing: Sensing,
  { at, level, remote }: Extract<Sense, { of: "voice" }>,
): Sensing {
  const before = sensing.floor ?? level;
  const floor = Math.min(level, before + (level - before) * floorRise);
  const isLoud = level > Math.max(leastVoice, before * overFloor) && remote < leastRemote;
  const loudAt = [...sensing.loudAt, ...(isLoud ? [at] : [])].filter(
    (one) => at - one < loudWindow,
  );
  const speaks = isLoud && loudAt.length >= (sensing.isSpeaking ? loudToGoOn : loudToBegin);
  const spokenAt = speaks ? at : sensing.spokenAt;
  return {
    ...sensing,
    floor,
    loudAt,
    spokenAt,
    isSpeaking: spokenAt !== null && at - spokenAt < speakingMilliseconds,
  };
}

/** Returns `true` after several black pictures. */
export function isBlack({ black }: Sensing): boolean {
  return (black ?? 0) >= blackPictures;
}
