import { textLimits } from "../state/text.ts";

/** Extends the character before it: combining marks, joiners, skin tones, tags of flags. */
const extending = /^(?:\p{M}|\p{EMod}|\u200C|\u200D|[\u{E0020}-\u{E007F}])/u;
const flagLetter = /^[\u{1F1E6}-\u{1F1FF}]$/u;

/** Line separators of all systems, and of T.140. */
const lineEnds = /\r\n|[\r\u0085\u2028\u2029]/g;
/** Control characters but the line feed, lone surrogates, noncharacters, interlinear annotation. */
const controls = /[\p{Cc}\p{Cs}\uFEFF\uFFF9-\uFFFB\uFFFE\uFFFF]/gu;
/** Embeddings, overrides and isolates: they would change the direction of what follows (UAX 9, trojan source). */
const turns = /[\u202A-\u202E\u2066-\u2069]/g;
const manyMarks = new RegExp(`(\\p{M}{${textLimits.marks}})\\p{M}+`, "gu");
const manyLines = /\n{3,}/g;

/**
 * Returns any value as text that a screen can show: no control characters, no marks that turn the direction of other text, no
 * towers of combining marks, no walls of empty lines, at most so many characters. The same text again for its own result.
 *
 * @param limit characters, as code points. It never cuts a letter from its marks.
 */
export function plainText(given: unknown, limit: number): string {
  if (typeof given !== "string") return "";
  // Bounded before anything reads it: twice the limit in code units, and what is removed.
  const text = given
    .slice(0, 4 * limit)
    .replace(lineEnds, "\n")
    .replaceAll("\t", " ")
    .replace(controls, (character) => (character === "\n" ? character : ""))
    .replace(turns, "")
    .replace(manyMarks, "$1")
    .replace(manyLines, "\n\n");
  return cut(text, limit);
}

/** Returns the beginning of a text, of so many code points at most, that ends between two letters. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const characters = Array.from(text);
  if (characters.length <= limit) return text;
  return characters.slice(0, boundary(characters, limit)).join("");
}

/** Returns the last place at or before `at` that separates two letters as people see them (UAX 29, without its tables). */
export function boundary(characters: readonly string[], at: number): number {
  let place = Math.min(at, characters.length);
  while (place > 0 && !isBoundary(characters, place)) place -= 1;
  return place;
}

function isBoundary(characters: readonly string[], at: number): boolean {
  const [before = "", after = ""] = [characters[at - 1], characters[at]];
  if (after === "") return true;
  if (extending.test(after) || before === "\u200D") return false;
  if (!flagLetter.test(before) || !flagLetter.test(after)) return true;
  // Two letters are one flag: an even number of them before this place.
  let letters = 0;
  while (flagLetter.test(characters[at - 1 - letters] ?? "")) letters += 1;
  return letters % 2 === 0;
}
