import type { CallModel } from "./model.ts";
import type { CaptureHint } from "../snapshot.ts";
import { step } from "../rules/step.ts";
import type { Step } from "../rules/step.ts";

/*
 * What a person does not notice of the own devices: that they speak and are muted, that the microphone gives nothing, that the
 * camera shows nothing. A false alarm is worse than a miss: whoever is told three times that nobody hears them, and is heard,
 * does not read it the fourth time.
 */

/** What is worth a look in a call. */
export interface Attention {
  /** `voice`: whether somebody speaks who is muted; `silence`: whether the microphone gives anything at all. */
  readonly microphone: "voice" | "silence" | null;
  /** Whether the camera gives a picture: each look costs, so that one that did is looked at less often. */
  readonly camera: "closely" | "rarely" | null;
}

/** One look at an own device. `at` in milliseconds, of any clock. Levels of sound are 0 to 1, linear. */
export type Sense =
  /** What a muted microphone hears, and how loud the other side is: about ten times a second. */
  | { readonly of: "voice"; readonly at: number; readonly level: number; readonly remote: number }
  /** What a microphone that is on has given since the last look: about once a second. */
  | { readonly of: "silence"; readonly at: number; readonly level: number }
  /** How light the camera's picture is, 0 to 255, and its variance: every two seconds, or every ten. */
  | { readonly of: "picture"; readonly light: number; readonly variance: number };

/** What was sensed of the own devices since the last of them has changed. */
export interface SenseFacts {
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

export const noSenses: SenseFacts = {
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
const blackPictures = 3;

/** What is worth a look now: of a call that runs, nothing on hold, and only what a person takes for working. */
export function attentionOf({ state, held, local, voice, senses }: CallModel): Attention {
  if ((state !== "connected" && state !== "reconnecting") || held.local)
    return { microphone: null, camera: null };
  const { microphone, camera } = local;
  // Voice isolation gives silence to whoever does not speak.
  const listening = voice.voiceIsolation === true ? null : "silence";
  return {
    microphone: microphone.state === "off" ? "voice" : microphone.state === "on" ? listening : null,
    camera: camera.state !== "on" ? null : senses.black === 0 ? "rarely" : "closely",
  };
}

/** Something was sensed. What comes late, of a device as it was before, means nothing. */
export function sensed(model: CallModel, sense: Sense): Step {
  const attention = attentionOf(model);
  const isWanted =
    sense.of === "picture" ? attention.camera !== null : attention.microphone === sense.of;
  return step(isWanted ? { ...model, senses: judge(model.senses, sense) } : model);
}

/** What a person should be told now. */
export function hintsOf(model: CallModel): CaptureHint[] {
  const attention = attentionOf(model);
  const { isSpeaking, isSilent, black } = model.senses;
  return [
    ...(attention.microphone === "voice" && isSpeaking ? (["speaking-while-muted"] as const) : []),
    ...(attention.microphone === "silence" && isSilent ? (["microphone-silent"] as const) : []),
    ...(attention.camera !== null && (black ?? 0) >= blackPictures
      ? (["camera-black"] as const)
      : []),
  ];
}

function judge(facts: SenseFacts, sense: Sense): SenseFacts {
  switch (sense.of) {
    case "voice":
      return judgeVoice(facts, sense);
    case "silence": {
      const silentSince = sense.level < leastSound ? (facts.silentSince ?? sense.at) : null;
      return {
        ...facts,
        silentSince,
        isSilent: silentSince !== null && sense.at - silentSince >= silentMilliseconds,
      };
    }
    case "picture": {
      const isBlack = sense.light < blackLight && sense.variance < blackVariance;
      return { ...facts, black: isBlack ? Math.min((facts.black ?? 0) + 1, blackPictures) : 0 };
    }
  }
}

function judgeVoice(
  facts: SenseFacts,
  { at, level, remote }: Extract<Sense, { of: "voice" }>,
): SenseFacts {
  const before = facts.floor ?? level;
  const floor = Math.min(level, before + (level - before) * floorRise);
  const isLoud = level > Math.max(leastVoice, before * overFloor) && remote < leastRemote;
  const loudAt = [...facts.loudAt, ...(isLoud ? [at] : [])].filter((one) => at - one < loudWindow);
  const speaks = isLoud && loudAt.length >= (facts.isSpeaking ? loudToGoOn : loudToBegin);
  const spokenAt = speaks ? at : facts.spokenAt;
  return {
    ...facts,
    floor,
    loudAt,
    spokenAt,
    isSpeaking: spokenAt !== null && at - spokenAt < speakingMilliseconds,
  };
}
