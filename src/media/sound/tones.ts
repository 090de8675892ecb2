import type { CueName, LoopName } from "../../call/rules/sounds.ts";

/** One stretch of a tone. */
export interface Note {
  /** What sounds together, in hertz; none is silence. A frequency that stands twice is twice as loud as the others. */
  readonly hertz: readonly number[];
  readonly seconds: number;
}

/** A sound, described: nothing is recorded and nothing fetched. */
export interface Tone {
  /** The silence before it, in seconds. */
  readonly lead: number;
  readonly notes: readonly Note[];
  /** How often the notes are played, one round after the other. */
  readonly times: number;
  /** How loud at most, 0 to 1: beside the other tones, before the volume. */
  readonly level: number;
}

/** A network's tones: what sounds, and for how many seconds it sounds and is silent, in turns. */
type NationalTones = readonly [
  ringing: readonly number[],
  ringingCadence: readonly number[],
  busy: readonly number[],
  busyCadence: readonly number[],
];

/** Longer than anything rings or reconnects: whoever started it stops it. */
const longest = 600;
/** While the words of the new state are spoken: see `call/sounds.ts`. */
const wordsFirst = 1.5;

const doubleRing = [0.4, 0.2, 0.4, 2];
/** A carrier whose loudness goes up and down `by` times a second, all the way: the carrier and half as loud two sidebands. */
const modulated = (carrier: number, by: number) => [carrier, carrier, carrier - by, carrier + by];

/** ETSI TR 101 041-1 and CEPT T/CS 20-15: what Europe agreed on, and most of the world has. */
const european: NationalTones = [[425], [1, 4], [425], [0.5, 0.5]];

/** ITU-T E.180, supplement 2, "Various tones used in national networks": those that are not as the European one. */
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
 * The region that a language is spoken in.
 *
 * @param language BCP 47. Where it names no region it is the one with most speakers: `en` is spoken in `US`.
 * @returns two capital letters; "" where there is none.
 */
export function regionOf(language: string): string {
  try {
    return new Intl.Locale(language).maximize().region ?? "";
  } catch {
    // A host may have written anything there. No sound is worth an error.
    return "";
  }
}

/** Whether a sound is one of the telephones of a region. */
export const isRegional = (name: LoopName | CueName) => name === "ringback" || name === "busy";

/**
 * How a sound of the kit sounds.
 *
 * @param region ISO 3166-1, two letters. Ringback and busy tone are those of its telephones; the European one where it is unknown.
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
        lead: 0,
        notes: cadence([523], [0.12]).concat(cadence([784], [0.2])),
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

/** How long a tone is from its first note to its last, in seconds. */
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
