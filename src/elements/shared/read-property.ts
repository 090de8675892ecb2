import { readContact } from "../../host-values/contact.ts";
import {
  isAbsent,
  isRecord,
  readChoice,
  readLanguage,
  readNumber,
  readSwitch,
  toText,
} from "../../host-values/host-value.ts";
import type { ProtectionStatus } from "../../call/state/protection.ts";
import type { HostValue, NumberRange } from "../../host-values/host-value.ts";
import { readRoutes } from "../../host-values/audio-routes.ts";

/** Reads what a host gave a property. It is never asked about `undefined` or `null`: they are the usual value. */
export type ReadProperty = (given: unknown, usual: unknown) => HostValue<unknown>;

/** The properties of an element that need more than their usual value tells. `usual` where no field initialises them. */
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

/** A text, also where a host has a number. */
export const text = {
  read: (given: unknown, usual: unknown) => {
    const value = toText(given);
    return value === null ? refused(usual) : taken(value);
  },
};

export const textAttribute = { ...text, usual: "" };

export const callback = {
  read: (given: unknown, usual: unknown) =>
    typeof given === "function" ? taken(given) : refused(usual),
};

/** Something with fields, whose own reader looks closer. */
export const record = {
  read: (given: unknown, usual: unknown) => (isRecord(given) ? taken(given) : refused(usual)),
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
const statesOfSnapshot =
  "idle inviting ringing incoming connecting connected reconnecting ended".split(" ");

/** A snapshot of a call, as the kit makes them: what has not its fields is none. */
export const snapshot = {
  read: (given: unknown, usual: unknown) => {
    const isOne =
      isRecord(given) &&
      statesOfSnapshot.includes(given.state as string) &&
      objectsOfSnapshot.every((name) => isRecord(given[name])) &&
      listsOfSnapshot.every((name) => Array.isArray(given[name]));
    return isOne ? taken(given) : refused(usual);
  },
};

const outcomes =
  "completed missed declined cancelled busy unanswered failed answered-elsewhere ongoing".split(
    " ",
  );
/** A table, so that the compiler misses a status that is not named. */
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

/** A record of a host's storage, with what an older or a faulty one lacks. @returns `null` for none. */
function toRecord(given: unknown): object | null {
  if (!isRecord(given)) return null;
  const { outcome, callId, direction, media, startedAt, protection } = given;
  if (!outcomes.includes(outcome as string)) return null;
  const isWhole =
    typeof callId === "string" &&
    directions.includes(direction as string) &&
    kinds.includes(media as string) &&
    typeof startedAt === "number" &&
    protections.includes(protection as string);
  // The same object where nothing is to be added: what was worked out of it is kept with it, and a list may have 100,000.
  if (isWhole) return given;
  return {
    ...given,
    callId: toText(callId) ?? "",
    direction: readChoice(direction, directions, "incoming").value,
    media: readChoice(media, kinds, "audio").value,
    startedAt: typeof startedAt === "string" ? Number(startedAt) : toNumber(startedAt),
    protection: readChoice(protection, protections, "none").value,
  };
}

function toNumber(given: unknown): number {
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
    const records = given.map(toRecord);
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
      isRecord(given.loop);
    return isOne ? taken(given) : refused(usual);
  },
};

/** A list of words of which some are known. */
export const wordList = {
  read: (given: unknown, usual: unknown): HostValue<unknown> => {
    if (!Array.isArray(given)) return refused(usual);
    const words = given.filter((one) => typeof one === "string");
    return words.length === given.length ? taken(given) : refused(words);
  },
};

/** What the rules of calls read themselves, when it is needed: they tell more of it than its type. */
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

/** By what a property usually is. One that is usually nothing takes anything. */
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

/** Vue and others write `false` for an attribute that is not to be there. */
export const switchConverter = {
  fromAttribute: (value: string | null) =>
    isAbsent(value) ? false : readSwitch(value, true).value,
  toAttribute: (value: unknown) => (value === true ? "" : null),
};

/** An attribute without a value is none. */
export const numberConverter = {
  fromAttribute: (value: string | null) => (isAbsent(value) || value.trim() === "" ? null : value),
  toAttribute: (value: unknown) => (typeof value === "number" ? String(value) : null),
};
