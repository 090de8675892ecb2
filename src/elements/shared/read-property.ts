import { readContact } from "../../host-values/contact.ts";
import {
  attempt,
  isAbsent,
  isAbsentWord,
  isReadable,
  isRecord,
  readChoice,
  readLanguage,
  readNumber,
  readSwitch,
  readText,
  toText,
} from "../../host-values/host-value.ts";
import type { ProtectionStatus } from "../../call/state/protection.ts";
import type { HostValue, NumberRange } from "../../host-values/host-value.ts";
import { readRoutes } from "../../host-values/audio-routes.ts";

/** Reads a host's value for a property. Never called for `undefined` or `null`, which mean the default. */
export type ReadProperty = (given: unknown, usual: unknown) => HostValue<unknown>;

/** Properties whose default value does not determine their reader. `usual`: default where no field initialises it. */
export type PropertyReaders = Readonly<
  Record<string, { readonly read: ReadProperty; readonly usual?: unknown }>
>;

const taken = (value: unknown): HostValue<unknown> => ({ value, isRefused: false });
const refused = (value: unknown): HostValue<unknown> => ({ value, isRefused: true });

export const choice = (...choices: readonly string[]) => ({
  read: (given: unknown, usual: unknown) => readChoice(given, choices, usual as string),
});

export const number = (range: NumberRange) => ({
  read: (given: unknown, usual: unknown) => readNumber(given, range, usual as number | null),
});

/** Text; numbers are converted. */
export const text = {
  read: (given: unknown, usual: unknown) => readText(given, usual as string | null),
};

export const textAttribute = { ...text, usual: "" };

export const callback = {
  read: (given: unknown, usual: unknown) =>
    typeof given === "function" ? taken(given) : refused(usual),
};

/** An object, validated further by its own reader. */
export const record = {
  read: (given: unknown, usual: unknown) =>
    isRecord(given) && isReadable(given) ? taken(given) : refused(usual),
};

const objectsOfSnapshot = [
  "local",
  "devices",
  "voice",
  "remote",
  "held",
  "protection",
  "verification",
];
const listsOfSnapshot = ["hints", "actions"];
/** Fields of a snapshot that may be `null`. */
const perhapsOfSnapshot = ["ending", "quality", "reconnection", "stuck", "record"];
const devices = ["microphone", "camera", "screen"];
const deviceLists = ["microphones", "cameras", "speakers"];
const statesOfSnapshot =
  "idle inviting ringing incoming connecting connected reconnecting ended".split(" ");

const isListOfRecords = (given: unknown) => Array.isArray(given) && given.every(isRecord);

/** A call snapshot of the kit; refused without its fields. */
export const snapshot = {
  read: (given: unknown, usual: unknown) => {
    const isOne =
      isRecord(given) &&
      statesOfSnapshot.includes(given.state as string) &&
      objectsOfSnapshot.every((name) => isRecord(given[name])) &&
      listsOfSnapshot.every((name) => Array.isArray(given[name])) &&
      perhapsOfSnapshot.every((name) => isAbsent(given[name]) || isRecord(given[name])) &&
      devices.every((name) => isRecord((given.local as Record<string, unknown>)[name])) &&
      deviceLists.every((name) =>
        isListOfRecords((given.devices as Record<string, unknown>)[name]),
      ) &&
      isReadable(given);
    return isOne ? taken(given) : refused(usual);
  },
};

const outcomes =
  "completed missed declined cancelled busy unanswered failed answered-elsewhere ongoing".split(
    " ",
  );
/** A table, so that a missing status does not compile. */
const protectionTable: Record<ProtectionStatus, true> = {
  none: true,
  protected: true,
  "one-way": true,
  stalled: true,
  tampered: true,
  compatible: true,
  transport: true,
  unencrypted: true,
};
const protections: readonly string[] = Object.keys(protectionTable);

const directions = ["incoming", "outgoing"];
const kinds = ["audio", "video"];

const drawnOfRecord = ["connectedAt", "endedAt", "durationSeconds", "relayed", "verified", "talk"];

/** Reads a record of a host's storage, and adds fields that older ones lack. @returns `null` for no record. */
function toRecord(given: unknown): object | null {
  if (!isRecord(given)) return null;
  const { outcome, callId, direction, media, startedAt, protection } = given;
  const { connectedAt, durationSeconds } = given;
  // Whatever else is drawn of it, so that a getter of the host's throws here, if at all, and not there.
  for (const name of drawnOfRecord) Reflect.get(given, name);
  if (!outcomes.includes(outcome as string)) return null;
  const isWhole =
    typeof callId === "string" &&
    directions.includes(direction as string) &&
    kinds.includes(media as string) &&
    isTime(startedAt) &&
    (isAbsent(connectedAt) || isTime(connectedAt)) &&
    (isAbsent(durationSeconds) || typeof durationSeconds === "number") &&
    protections.includes(protection as string);
  // Returns the same object if complete: caches are keyed by it, and a list may have 100,000.
  if (isWhole) return given;
  return {
    ...given,
    callId: toText(callId) ?? "",
    direction: readChoice(direction, directions, "incoming").value,
    media: readChoice(media, kinds, "audio").value,
    startedAt: toTime(startedAt),
    ...(!isAbsent(connectedAt) && { connectedAt: toTime(connectedAt) }),
    ...(!isAbsent(durationSeconds) && { durationSeconds: toNumber(durationSeconds) }),
    protection: readChoice(protection, protections, "none").value,
  };
}

/** Milliseconds since the epoch between 1973 and 5138: below are seconds, above microseconds. */
const isTime = (given: unknown) =>
  typeof given === "number" && (given === 0 || (Math.abs(given) >= 1e11 && Math.abs(given) < 1e14));

/** Reads a time as databases keep it. No call of this kit is of before 1973. */
function toTime(given: unknown): number {
  const number = given instanceof Date ? given.getTime() : toNumber(given);
  if (Number.isNaN(number)) return typeof given === "string" ? Date.parse(given) : number;
  if (Math.abs(number) < 1e11) return number * 1000;
  return Math.abs(number) >= 1e14 && Math.abs(number) < 1e17 ? number / 1000 : number;
}

function toNumber(given: unknown): number {
  if (typeof given === "bigint") return Number(given);
  if (typeof given === "string") return given.trim() === "" ? Number.NaN : Number(given);
  return typeof given === "number" ? given : Number.NaN;
}

export const callRecord = {
  read: (given: unknown, usual: unknown) => {
    const value = toRecord(given);
    return value === null ? refused(usual) : taken(value);
  },
};

export const callRecords = {
  read: (given: unknown, usual: unknown): HostValue<unknown> => {
    if (!Array.isArray(given)) return refused(usual);
    const records = Array.from(given, (one: unknown) => attempt(() => toRecord(one), null));
    const isSame = records.every((one, index) => one !== null && one === given[index]);
    const left = records.filter((one) => one !== null);
    return { value: isSame ? given : left, isRefused: left.length < given.length };
  },
};

export const audioRoutes = {
  read: (given: unknown, usual: unknown): HostValue<unknown> => {
    if (!Array.isArray(given)) return refused(usual);
    const { routes, ignored } = readRoutes(given);
    return { value: routes, isRefused: ignored.length > 0 };
  },
};

/** A report of `checkConnection()`. */
export const connectionReport = {
  read: (given: unknown, usual: unknown) => {
    const isOne =
      isRecord(given) &&
      Array.isArray(given.servers) &&
      given.servers.every(isRecord) &&
      isRecord(given.loop) &&
      isReadable(given);
    return isOne ? taken(given) : refused(usual);
  },
};

/** A list of texts, from which unknown ones are dropped. */
export const wordList = {
  read: (given: unknown, usual: unknown): HostValue<unknown> => {
    if (!Array.isArray(given)) return refused(usual);
    const words = given.filter((one) => typeof one === "string");
    return words.length === given.length ? taken(given) : refused(words);
  },
};

/** A code to compare. One that cannot be read is none, and never the code of another call. */
export const securityCode = {
  read: (given: unknown) => (isReadable(given) ? taken(given) : refused([])),
};

/** Read by the rules of calls when needed, with more detailed errors. */
export const unread = { read: taken };

export const contact = {
  read: (given: unknown, usual: unknown) => {
    let isChanged = false;
    const value = readContact(given, () => (isChanged = true));
    return value === null ? refused(usual) : { value, isRefused: isChanged };
  },
};

export const language = {
  usual: undefined,
  read: (given: unknown) => {
    const { value, isRefused } = readLanguage(given);
    return { value: value || undefined, isRefused };
  },
};

export const direction = {
  usual: undefined,
  read: (given: unknown) => {
    const word = typeof given === "string" ? given.toLowerCase() : given;
    return word === "" ? taken(undefined) : readChoice(word, ["ltr", "rtl", "auto"], undefined);
  },
};

/** Reads by the type of the default value. `null` as a default accepts anything. */
export const byUsualValue: ReadProperty = (given, usual) => {
  switch (typeof usual) {
    case "boolean":
      return readSwitch(given, usual);
    case "number":
      return readNumber(given, { least: -Infinity, most: Infinity }, usual);
    case "string":
      return text.read(given, usual);
    case "function":
      return callback.read(given, usual);
    default:
      if (Array.isArray(usual)) return Array.isArray(given) ? taken(given) : refused(usual);
      return usual !== null && typeof given !== "object" ? refused(usual) : taken(given);
  }
};

/** Templates write an absent value as a word. */
const isUnset = (value: string | null) => value === null || isAbsentWord(value);

/** Vue and others write `false` for an absent attribute. */
export const switchConverter = {
  fromAttribute: (value: string | null) => (isUnset(value) ? false : readSwitch(value, true).value),
  toAttribute: (value: unknown) => (value === true ? "" : null),
};

/** An empty attribute counts as absent. */
export const numberConverter = {
  fromAttribute: (value: string | null) => (isUnset(value) || value?.trim() === "" ? null : value),
  toAttribute: (value: unknown) => (typeof value === "number" ? String(value) : null),
};
