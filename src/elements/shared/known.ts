import type { english } from "./english.ts";
import { firstDrawings } from "./first-icons.ts";
import { firstWords } from "./first-words.ts";
import type { drawings, IconName } from "./icons.ts";
import type { Words } from "./words.ts";

let words: Partial<Words> = firstWords;
let icons: Partial<typeof drawings> = firstDrawings;

/** The English word, or what makes it; `undefined` where it has not been loaded yet. */
export const knownWord = (key: keyof Words): unknown => words[key];

/** The lines of a drawing; `undefined` where they have not been loaded yet. */
export const knownDrawing = (name: IconName): unknown => icons[name];

/** All of it is known from then on: see all-known.ts. */
export function learn(allWords: typeof english, allDrawings: typeof drawings): void {
  words = allWords;
  icons = allDrawings;
}
