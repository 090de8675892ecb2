/** One look at an own device. `at` in milliseconds, of any clock. Levels of sound are 0 to 1, linear. */
export type Sense =
  /** What a muted microphone hears, and how loud the other side is: about ten times a second. */
  | { readonly of: "voice"; readonly at: number; readonly level: number; readonly remote: number }
  /** What a microphone that is on has given since the last look: about once a second. */
  | { readonly of: "silence"; readonly at: number; readonly level: number }
  /** How light the camera's picture is, 0 to 255, and its variance: every two seconds, or every ten. */
  | { readonly of: "picture"; readonly light: number; readonly variance: number };

/** What was sensed of the own devices since the last of them has changed. */
export interface Sensing {
  /** How loud it is here while nobody speaks; `null` before the first look. */
  readonly floor: number | null;
  /** When it was as loud as a voice, within the last second. */
  readonly loudAt: readonly number[];
  /** When somebody last spoke; `null` where nobody has. */
  readonly spokenAt: number | null;
  readonly isSpeaking: boolean;
  /** Since when nothing has come; `null` where something does. */
  readonly silentSince: number | null;
  readonly isSilent: boolean;
  /** How many pictures in a row were black; `null` before the first look. */
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

/** A voice near a microphone is louder: -40 dBFS. */
const leastVoice = 0.01;
/** A hum is not: it becomes the floor, and a voice stands out from it. */
const overFloor = 3;
/** How fast the floor rises; it falls at once. Of the difference, at each look. */
const floorRise = 0.02;
/** While the other side is as loud, what is heard here may be its echo. */
const leastRemote = 0.02;
/** Looks of a second that are as loud as a voice: 0.4 s of speech, and more than a cough or a key. Less goes on with it. */
const loudToBegin = 4;
const loudToGoOn = 2;
const loudWindow = 1000;
/** How long it is told after the last word. Milliseconds. */
const speakingMilliseconds = 4000;
/** -80 dBFS: a room is never so quiet, a dead microphone is. */
const leastSound = 0.0001;
/** How long it is quiet before that counts. Milliseconds. */
const silentMilliseconds = 5000;
/** Below that a picture is black, of 255; and a dark room has more noise than that. */
const blackLight = 10;
const blackVariance = 4;
/** So many black pictures in a row are told. */
const blackPictures = 3;

/** Takes a look into account. */
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

/** Whether the camera has given nothing but black for a while. */
export function isBlack({ black }: Sensing): boolean {
  return (black ?? 0) >= blackPictures;
}
