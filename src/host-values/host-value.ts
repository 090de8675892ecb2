/*
 * Hosts are not all written in TypeScript: frameworks pass `undefined`, native code writes `null`, databases keep ids as numbers and
 * switches as 0 and 1. These functions turn such a value into the one that the kit uses. They never throw.
 */

/** A host's value as the kit uses it. */
export interface HostValue<T> {
  readonly value: T;
  /** Whether it was not taken as given: the host is told. An absent value is never refused. */
  readonly isRefused: boolean;
}

export function isAbsent(given: unknown): given is undefined | null {
  return given === undefined || given === null;
}

/** An object with named fields. */
export function isRecord(given: unknown): given is Readonly<Record<string, unknown>> {
  return typeof given === "object" && given !== null && !Array.isArray(given);
}

/** Reads a field whose getter may throw, as of a revoked proxy. */
export function fieldOf(given: object, name: string): unknown {
  try {
    return Reflect.get(given, name) as unknown;
  } catch {
    return undefined;
  }
}

/** An id as text: databases count. @returns `null` for anything that is no id. */
export function toText(given: unknown): string | null {
  if (typeof given === "string") return given;
  if (typeof given === "bigint" || (typeof given === "number" && Number.isFinite(given)))
    return String(given);
  return null;
}

/** Cuts a text without leaving half of a character that takes two code units. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const isSplit = /[\uD800-\uDBFF]/.test(text.charAt(most - 1));
  return text.slice(0, isSplit ? most - 1 : most);
}

/** The words that frameworks write for a switch, beside the two values themselves. */
const switches = new Map<unknown, boolean>([
  [true, true],
  [false, false],
  [1, true],
  [0, false],
  ["true", true],
  ["false", false],
  ["1", true],
  ["0", false],
]);

export function readSwitch(given: unknown, fallback: boolean): HostValue<boolean> {
  const value = switches.get(typeof given === "string" ? given.trim().toLowerCase() : given);
  return { value: value ?? fallback, isRefused: value === undefined && !isAbsent(given) };
}

/** The numbers that a setting may have. `above`: the least one is not itself allowed. */
export interface NumberRange {
  readonly least: number;
  readonly most: number;
  readonly above?: boolean;
}

/** A number out of range becomes the nearest one that is allowed; without a nearest one, and for no number, the fallback. */
export function readNumber<Fallback>(
  given: unknown,
  { least, most, above = false }: NumberRange,
  fallback: Fallback,
): HostValue<number | Fallback> {
  if (isAbsent(given)) return { value: fallback, isRefused: false };
  const number =
    typeof given === "string" && given.trim() !== "" ? Number(given) : (given as number);
  if (typeof number !== "number" || Number.isNaN(number))
    return { value: fallback, isRefused: true };
  if (number > most) return { value: most, isRefused: true };
  if (number < least || (above && number === least))
    return { value: above ? fallback : least, isRefused: true };
  return { value: number, isRefused: false };
}

/** @returns the value where it is one of the list. */
export function readChoice<const Choice extends string, const Fallback>(
  given: unknown,
  choices: readonly Choice[],
  fallback: Fallback,
): HostValue<Choice | Fallback> {
  const value = choices.find((choice) => choice === given);
  return { value: value ?? fallback, isRefused: value === undefined && !isAbsent(given) };
}

/** Codes of Java's older versions, and of POSIX for no language at all. */
const posixLanguages = ["C", "POSIX"];

/** A language tag (BCP 47). Systems write `en_US`, POSIX `de_DE.UTF-8@euro`, and older Java `iw` for Hebrew. */
export function readLanguage(given: unknown): HostValue<string> {
  if (isAbsent(given) || given === "") return { value: "", isRefused: false };
  if (typeof given !== "string") return { value: "", isRefused: true };
  const tag = given
    .trim()
    .replace(/[.@].*$/, "")
    .replaceAll("_", "-");
  if (posixLanguages.includes(tag)) return { value: "", isRefused: false };
  try {
    return { value: Intl.getCanonicalLocales(tag)[0] ?? "", isRefused: false };
  } catch {
    return { value: "", isRefused: true };
  }
}
