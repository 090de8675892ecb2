/*
 * Converts values of hosts to those of the kit. Frameworks pass `undefined`, native code `null`, databases numbers for ids and
 * 0 and 1 for booleans. These functions never throw.
 */

/** A host's value after conversion. */
export interface HostValue<T> {
  readonly value: T;
  /** `true` where the value was dropped or changed, which is reported to the host. Absent values are never refused. */
  readonly isRefused: boolean;
}

export function isAbsent(given: unknown): given is undefined | null {
  return given === undefined || given === null;
}

/** An object with named fields. A proxy that was revoked is nothing any more, and throws at every question. */
export function isRecord(given: unknown): given is Readonly<Record<string, unknown>> {
  return typeof given === "object" && given !== null && !attempt(() => Array.isArray(given), true);
}

/** @returns what the work does; where a getter or a trap of the host's throws in it, the other value. */
export function attempt<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}

/** Limits of the check: number of values, and depth. A snapshot has some hundred values in four levels. */
const mostValues = 4000;
const deepest = 8;

/** Returns `true` if all plain data can be read, so that rendering does not throw later. Proxies of frameworks pass. */
export function isReadable(given: unknown): boolean {
  let values = 0;
  const visit = (value: unknown, depth: number): boolean => {
    values += 1;
    if (typeof value !== "object" || value === null || depth > deepest || values > mostValues)
      return true;
    return Object.values(value).every((field) => visit(field, depth + 1));
  };
  return attempt(() => visit(given, 0), false);
}

/** Reads a field whose getter may throw, as of a revoked proxy. */
export function fieldOf(given: object, name: string): unknown {
  try {
    return Reflect.get(given, name) as unknown;
  } catch {
    return undefined;
  }
}

/** Converts an id to text, including numbers of databases. @returns `null` for other values. */
export function toText(given: unknown): string | null {
  if (typeof given === "string") return given;
  if (typeof given === "bigint" || (typeof given === "number" && Number.isFinite(given)))
    return String(given);
  return null;
}

/** Text of an object in a template. */
const unreadable = "[object Object]";

/** Texts that a template or a URL has in the place of a missing value. */
const absentWords = ["undefined", "null", "NaN"];

export function isAbsentWord(text: string): boolean {
  return absentWords.includes(text.trim());
}

/**
 * Converts an id of a contact to text. Two contacts must never share one: whoever counts as the person who is being called is
 * accepted without a ring. So numbers that are not exact any more name nobody, nor does a text made of an absent id.
 *
 * @returns `null` for what names nobody.
 */
export function toId(given: unknown): string | null {
  if (typeof given === "number" && !Number.isSafeInteger(given) && Number.isInteger(given))
    return null;
  const { value } = readText(given, "");
  return value.trim() === "" ? null : value;
}

/** Reads a text for people or engines: a name, an address. */
export function readText<Usual extends string | null>(
  given: unknown,
  usual: Usual,
): HostValue<string | Usual> {
  const text = toText(given ?? "null");
  const isRefused = text === null || text.trim() === unreadable;
  return { value: isRefused || isAbsentWord(text) ? usual : text, isRefused };
}

/** Reads who sent a message. An unreadable sender is an unknown one, so that it does not count as the person who is called. */
export function readSender(given: unknown): string | undefined {
  // Always the same, so that its call goes on, and no contact's id.
  return isAbsent(given) ? undefined : (toId(given) ?? unreadable);
}

/** Truncates a text without splitting a surrogate pair. */
function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const isSplit = /[\uD800-\uDBFF]/.test(text.charAt(most - 1));
  return text.slice(0, isSplit ? most - 1 : most);
}

/** Texts and numbers that frameworks use for booleans. */
const switches = new Map<unknown, boolean>([
  [true, true],
  [false, false],
  [1, true],
  [0, false],
  ["true", true],
  ["false", false],
  ["1", true],
  ["0", false],
  ["yes", true],
  ["no", false],
  ["on", true],
  ["off", false],
]);

export function readSwitch(given: unknown, fallback: boolean): HostValue<boolean> {
  const value = switches.get(typeof given === "string" ? given.trim().toLowerCase() : given);
  return { value: value ?? fallback, isRefused: value === undefined && !isAbsent(given) };
}

/** Range of a number. `above`: excludes `least` itself. */
export interface NumberRange {
  readonly least: number;
  readonly most: number;
  readonly above?: boolean;
}

/** Clamps a number to its range. Returns the fallback for other values, or without a nearest valid one. */
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

/** @returns the value if it is in the list. */
export function readChoice<const Choice extends string, const Fallback>(
  given: unknown,
  choices: readonly Choice[],
  fallback: Fallback,
): HostValue<Choice | Fallback> {
  const value = choices.find((choice) => choice === given);
  return { value: value ?? fallback, isRefused: value === undefined && !isAbsent(given) };
}

/** POSIX codes for no language. */
const posixLanguages = ["C", "POSIX"];

/** Reads a language tag (BCP 47). Systems use `en_US`, POSIX `de_DE.UTF-8@euro`, and older Java `iw` for Hebrew. */
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

/** W3C `TrustedScriptURL`: an address that a policy of the page has approved. Not in TypeScript's DOM library. */
export interface TrustedAddress {
  toJSON(): string;
}

/** Returns `true` for a URL that the page's Trusted Types accept, not for an object that only resembles one. */
export function isTrustedAddress(given: unknown): given is TrustedAddress {
  const { trustedTypes } = globalThis as {
    trustedTypes?: { isScriptURL?(value: unknown): boolean };
  };
  return trustedTypes?.isScriptURL?.(given) === true;
}

const routeKinds = ["earpiece", "speaker", "headset", "bluetooth", "other"] as const;
const maxRoutes = 32;
const maxLabel = 256;

/** A validated audio route of the host. */
export interface ReadRoute {
  readonly id: string;
  readonly label: string;
  readonly selected: boolean;
  readonly kind: (typeof routeKinds)[number];
}

/** An audio route in a host's message. */
export interface RouteData {
  readonly id: string | number;
  readonly label?: string | null | undefined;
  readonly selected?: boolean | null | undefined;
  readonly kind?: ReadRoute["kind"] | null | undefined;
}

/**
 * Reads audio routes one by one.
 * @returns `null` routes for none, and the indexes of dropped ones.
 */
export function readRoutes(given: readonly RouteData[] | null | undefined): {
  readonly routes: readonly ReadRoute[] | null;
  readonly ignored: readonly string[];
} {
  if (isAbsent(given)) return { routes: null, ignored: [] };
  if (!Array.isArray(given)) return { routes: null, ignored: ["routes"] };
  const list: readonly unknown[] = given;
  const ignored: string[] = [];
  const routes = list.flatMap((route, index): ReadRoute[] => {
    const id = isRecord(route) ? toText(route.id) : null;
    if (!isRecord(route) || id === null || index >= maxRoutes) {
      ignored.push(`routes[${String(index)}]`);
      return [];
    }
    const label = toText(route.label)?.slice(0, maxLabel) ?? id;
    const { value: selected } = readSwitch(route.selected, false);
    return [{ id, label, selected, kind: readChoice(route.kind, routeKinds, "other").value }];
  });
  return { routes, ignored };
}

/** Seconds of ringing and of waiting for a lost path: at most ten minutes. */
export const waitRange: NumberRange = { least: 0, most: 600, above: true };
/** Seconds that a call may outlive its view's place in the document. */
export const removalRange: NumberRange = { least: 0, most: 600 };
/** Audio alone takes 58 MB per hour including headers: a lower cap cannot be kept. */
export const dataRange: NumberRange = { least: 60, most: Number.MAX_VALUE };
/** Bytes of a host binding: several identity keys. */
const maxBinding = 4096;
const secretLength = 32;

/** Converts bytes from the representations that hosts use. Other values are returned unchanged, to be refused. */
export function toBytes(given: unknown): unknown {
  if (isAbsent(given)) return null;
  if (given instanceof ArrayBuffer) return new Uint8Array(given);
  if (Array.isArray(given) && given.length <= maxBinding && given.every(isByte))
    return Uint8Array.from(given as number[]);
  return given;
}

/** Java's bytes are signed. */
function isByte(given: unknown): boolean {
  return Number.isInteger(given) && Math.abs(Number(given)) < 256;
}

export function isSecret(given: unknown): boolean {
  return isAbsent(given) || (isBytes(given) && given.length === secretLength);
}

export function isBinding(given: unknown): boolean {
  return isAbsent(given) || (isBytes(given) && given.length <= maxBinding);
}

/** A proxy may look like bytes, and the engine takes none for them. */
function isBytes(given: unknown): given is Uint8Array {
  return attempt(() => given instanceof Uint8Array && ArrayBuffer.isView(given), false);
}

/** A validated contact. */
interface ReadContact {
  readonly id: string;
  readonly name: string;
  readonly avatarUrl?: string;
}

/** Characters of a name, longer than any screen shows. */
export const maxName = 256;
/** Characters of an id, which only the host interprets. */
const maxId = 4096;
/** Characters of a `data:` URL for a picture of 1.5 MB. */
const maxAvatar = 2_097_152;

/**
 * Reads a contact of a host.
 *
 * @param ignore called with each dropped or changed field.
 * @param longestName in characters. On a screen only the layout cuts a name.
 * @returns `null` for a value that is no contact.
 */
export function readContact(
  given: unknown,
  ignore: (field: "id" | "name" | "avatarUrl") => void = () => undefined,
  longestName = Infinity,
): ReadContact | null {
  if (!isRecord(given)) return null;
  const [id, name, avatarUrl] = ["id", "name", "avatarUrl"].map((field) => fieldOf(given, field));
  const readId = toId(id);
  // A truncated id could match another contact.
  const isId = readId !== null && readId.length <= maxId;
  if (!isId && !isAbsent(id) && id !== "") ignore("id");
  // A number is no name: it is the id in the wrong place.
  const [text, address] = [name, avatarUrl].map((given) =>
    readText(typeof given === "number" ? {} : given, ""),
  ) as [HostValue<string>, HostValue<string>];
  if (text.isRefused || text.value.length > longestName) ignore("name");
  const contact = { id: isId ? readId : "", name: cutText(text.value, longestName) };
  const isTooLong = address.value.length > maxAvatar;
  if (address.isRefused || isTooLong) ignore("avatarUrl");
  return address.value === "" || isTooLong ? contact : { ...contact, avatarUrl: address.value };
}
