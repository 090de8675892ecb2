import type { CueName, LoopName } from "../../call/rules/sounds.ts";

/** One section of a tone. */
export interface Note {
  /** Frequencies in hertz; none is silence. A repeated frequency is twice as loud. */
  readonly hertz: readonly number[];
  readonly seconds: number;
}

/** A synthesised sound: no recording, no request. */
export interface Tone {
  /** Seconds of silence before it. */
  readonly lead: number;
  readonly notes: readonly Note[];
  /** Number of repetitions of the notes. */
  readonly times: number;
  /** Peak level relative to other tones, 0 to 1, before the volume. */
  readonly level: number;
}

/** Tones of a country: frequencies, and alternating seconds of sound and silence. */
type NationalTones = readonly [
  ringing: readonly number[],
  ringingCadence: readonly number[],
  busy: readonly number[],
  busyCadence: readonly number[],
];

/** Three steps up, which one hears on every speaker. */
export const testTone: Tone = {
  ...{ lead: 0, times: 1, level: 0.6 },
  notes: [523, 659, 784].map((hertz) => ({ hertz: [hertz], seconds: 0.3 })),
};

/** Longer than any ringing or reconnection: the caller stops the tone. */
const longest = 600;
/** Seconds reserved for the spoken text of the new state: see `call/rules/sounds.ts`. */
const wordsFirst = 1.5;

const doubleRing = [0.4, 0.2, 0.4, 2];
/** Amplitude modulation: a carrier and two sidebands of half its level, at `by` hertz. */
const modulated = (carrier: number, by: number) => [carrier, carrier, carrier - by, carrier + by];

/** ETSI TR 101 041-1 and CEPT T/CS 20-15: the European tones, used in most countries. */
const european: NationalTones = [[425], [1, 4], [425], [0.5, 0.5]];

/** ITU-T E.180, supplement 2, "Various tones used in national networks": countries that differ from the European tones. */
const national: readonly (readonly [regions: string, tones: NationalTones])[] = [
  [
    "US CA PR DO JM TT BS BB",
    [
      [440, 480],
      [2, 4],
      [480, 620],
      [0.5, 0.5],
    ],
  ],
  [
    "KR TW",
    [
      [440, 480],
      [1, 2],
      [480, 620],
      [0.5, 0.5],
    ],
  ],
  [
    "HK",
    [
      [440, 480],
      [0.4, 0.2, 0.4, 3],
      [480, 620],
      [0.5, 0.5],
    ],
  ],
  ["GB", [[400, 450], doubleRing, [400], [0.375, 0.375]]],
  ["IE", [[400, 450], doubleRing, [425], [0.5, 0.5]]],
  ["NZ", [[400, 450], doubleRing, [400], [0.5, 0.5]]],
  ["AU", [[400, 425], doubleRing, [425], [0.375, 0.375]]],
  ["IN", [modulated(400, 25), doubleRing, [400], [0.75, 0.75]]],
  ["SG", [modulated(425, 24), doubleRing, [425], [0.75, 0.75]]],
  ["ZA", [modulated(400, 33), doubleRing, [400], [0.5, 0.5]]],
  ["JP", [modulated(400, 16), [1, 2], [400], [0.5, 0.5]]],
  ["CN", [[450], [1, 4], [450], [0.35, 0.35]]],
  ["FR", [[440], [1.5, 3.5], [440], [0.5, 0.5]]],
  ["DE", [[425], [1, 4], [425], [0.48, 0.48]]],
  ["ES", [[425], [1.5, 3], [425], [0.2, 0.2]]],
  ["SE", [[425], [1, 5], [425], [0.25, 0.25]]],
  ["FI", [[425], [1, 4], [425], [0.3, 0.3]]],
  ["AT", [[420], [1, 5], [420], [0.4, 0.4]]],
  ["BE", [[425], [1, 3], [425], [0.5, 0.5]]],
  ["BR MX", [[425], [1, 4], [425], [0.25, 0.25]]],
  ["RU", [[425], [0.8, 3.2], [425], [0.4, 0.4]]],
  ["IL", [[400], [1, 3], [400], [0.5, 0.5]]],
  ["TR", [[450], [2, 4], [450], [0.5, 0.5]]],
];

/**
 * Returns the region of a language.
 *
 * @param language BCP 47. Without a region, that with most speakers: `US` for `en`.
 * @returns two capital letters; "" for none.
 */
export function regionOf(language: string): string {
  try {
    return new Intl.Locale(language).maximize().region ?? "";
  } catch {
    // The host's value may be invalid: the default tones play then.
    return "";
  }
}

/** Returns `true` for a tone that differs by region. */
export const isRegional = (name: LoopName | CueName) => name === "ringback" || name === "busy";

/**
 * Returns the tone of a sound.
 *
 * @param region ISO 3166-1, two letters. Selects ringback and busy tone; European for an unknown region.
 */
export function toneOf(name: LoopName | CueName, region: string): Tone {
  const row = national.find(([regions]) => regions.split(" ").includes(region.toUpperCase()));
  const [ringing, ringingCadence, busy, busyCadence] = row?.[1] ?? european;
  switch (name) {
    case "ringback":
      return loop(cadence(ringing, ringingCadence), 0.2);
    case "busy":
      return { lead: wordsFirst, notes: cadence(busy, busyCadence), times: 4, level: 0.2 };
    case "waiting":
      return loop(cadence([330], [0.12, 2.88]), 0.1);
    case "reconnecting":
      return loop(cadence([294], [0.12, 0.12, 0.12, 4.64]), 0.1);
    case "knock":
      return loop(cadence([196], [0.07, 0.11, 0.07, 7.75]), 0.3);
    case "ring":
      return loop(
        [...arpeggio, { hertz: [], seconds: 0.4 }, ...arpeggio, { hertz: [], seconds: 2 }],
        0.6,
      );
    case "connected":
      return {
        // Opening an audio context takes as long as half of a picture, whose moment this is.
        lead: 0.15,
        notes: cadence([523], [0.09]).concat(cadence([784], [0.14])),
        times: 1,
        level: 0.2,
      };
    case "ended":
      return {
        lead: 0,
        notes: cadence([392], [0.12]).concat(cadence([262], [0.2])),
        times: 1,
        level: 0.2,
      };
  }
}

/** Returns the duration from the first to the last note in seconds. */
export function durationOf({ notes, times }: Tone): number {
  return times * notes.reduce((sum, { seconds }) => sum + seconds, 0);
}

const arpeggio: readonly Note[] = [523, 659, 784].map((hertz) => ({
  hertz: [hertz],
  seconds: 0.18,
}));

function cadence(hertz: readonly number[], turns: readonly number[]): Note[] {
  return turns.map((seconds, turn) => ({ hertz: turn % 2 === 0 ? hertz : [], seconds }));
}

function loop(notes: readonly Note[], level: number): Tone {
  const once = { lead: wordsFirst, notes, times: 1, level };
  return { ...once, times: Math.ceil(longest / durationOf(once)) };
}
