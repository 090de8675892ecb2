import type { PropertyDeclaration } from "lit";
import {
  isAbsentWord,
  isReadable,
  isRecord,
  readChoice,
  readLanguage,
  readNumber,
  readSwitch,
  readText,
  type HostValue,
  type NumberRange,
  readRoutes,
  readContact,
} from "../../host-values/host-value.ts";

/** Reads a host's value for a property. Never called for `undefined` or `null`, which mean the default. */
type ReadProperty = (given: unknown, usual: unknown) => HostValue<unknown>;

/** Properties whose default value does not determine their reader. `usual`: default where no field initialises it. */
export type PropertyReaders = Readonly<
  Record<string, { readonly read: ReadProperty; readonly usual?: unknown }>
>;

export const taken = (value: unknown): HostValue<unknown> => ({ value, isRefused: false });
export const refused = (value: unknown): HostValue<unknown> => ({ value, isRefused: true });

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

export const audioRoutes = {
  read: (given: unknown, usual: unknown): HostValue<unknown> => {
    if (!Array.isArray(given)) return refused(usual);
    const { routes, ignored } = readRoutes(given);
    return { value: routes, isRefused: ignored.length > 0 };
  },
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
const switchConverter = {
  fromAttribute: (value: string | null) => (isUnset(value) ? false : readSwitch(value, true).value),
  toAttribute: (value: unknown) => (value === true ? "" : null),
};

/** An empty attribute counts as absent. */
const numberConverter = {
  fromAttribute: (value: string | null) => (isUnset(value) || value?.trim() === "" ? null : value),
  toAttribute: (value: unknown) => (typeof value === "number" ? String(value) : null),
};

/** Of attributes, by the type of their property. */
export const converters = new Map<unknown, PropertyDeclaration["converter"]>([
  [Boolean, switchConverter],
  [Number, numberConverter],
]);
