import type { CallSnapshot } from "../../call/snapshot.ts";
import {
  isAbsent,
  isRecord,
  readChoice,
  readLanguage,
  readNumber,
  readSwitch,
  type HostValue,
  type NumberRange,
  dataRange,
  isBinding,
  isSecret,
  toBytes,
  removalRange,
  waitRange,
  maxName,
  readContact,
} from "../../host-values/host-value.ts";
import { readIceServers } from "../../host-values/ice-servers.ts";
import type { CallMedia } from "../../call/terms.ts";

/** A contact named by a host. */
export interface HostedContact {
  readonly id: string;
  readonly name: string;
  readonly avatarUrl?: string;
}

/** An audio route of a host. */
interface HostedRoute {
  readonly id: string;
  readonly label: string;
  readonly selected: boolean;
  readonly kind: "earpiece" | "speaker" | "headset" | "bluetooth" | "other";
}

/** The part of a call view that a host may use, as `<sx-call-view>` documents it. The view implements it. */
export interface HostedView extends HTMLElement {
  readonly snapshot: CallSnapshot;
  readonly others: readonly CallSnapshot[];
  contact: HostedContact;
  contactOf: ((callId: string) => HostedContact | null) | null;
  audioRoutes: readonly HostedRoute[] | null;
  hideControls: boolean;
  pictures: "all" | "remote" | "local";
  readonly smallWindow: "browser" | "host" | "off";
  readonly encryptOnMainThread: boolean;
  report(): object | null;
  startCall(options: { media: CallMedia }): Promise<void>;
  resumeCall(last: unknown): Promise<void>;
  receiveSignal(message: unknown, from?: string): void;
  acceptCall(options: { media?: CallMedia }): Promise<void>;
  declineCall(options?: { text?: string }): Promise<void>;
  ignoreCall(): Promise<void>;
  acceptWaitingCall(options: {
    callId: string;
    media: CallMedia;
    active?: "end" | "hold";
  }): Promise<void>;
  declineWaitingCall(callId: string, options?: { text?: string }): Promise<void>;
  ignoreWaitingCall(callId: string): Promise<void>;
  hangUp(): Promise<void>;
  setMicrophone(on: boolean): Promise<void>;
  setCamera(on: boolean): Promise<void>;
  flipCamera(): Promise<void>;
  setScreenShare(on: boolean): Promise<void>;
  holdCall(): Promise<void>;
  resumeHeldCall(): Promise<void>;
  swapCalls(callId: string): Promise<void>;
  answeredElsewhere(callId: string): void;
  declinedElsewhere(callId: string): void;
}

type Maybe<T> = T | null | undefined;

/** A contact in a host's message. */
export interface ContactData {
  readonly id?: string | number | null | undefined;
  readonly name?: string | null | undefined;
  readonly avatarUrl?: string | null | undefined;
}

/** Data of `configure` in a host's message: properties of the view under their own names, and the layout of its screen. */
export interface HostSettingsData {
  readonly contact?: Maybe<ContactData>;
  readonly iceServers?: Maybe<readonly Maybe<RTCIceServer>[]>;
  readonly relayOnly?: Maybe<boolean>;
  readonly measureRelays?: Maybe<"off" | "caller" | "both">;
  readonly ringTimeout?: Maybe<number>;
  readonly reconnectTimeout?: Maybe<number>;
  readonly connectTimeout?: Maybe<number>;
  readonly removalTimeout?: Maybe<number>;
  readonly dataSaver?: Maybe<number>;
  readonly whenBusy?: Maybe<"wait" | "busy">;
  readonly avatarBeforeAccept?: Maybe<boolean>;
  readonly lastCall?: Maybe<CallSnapshot>;
  /** Base64 of 32 bytes (RFC 4648 section 4 or 5). */
  readonly hostSecret?: Maybe<string>;
  /** Base64 of at most 4096 bytes. */
  readonly hostBinding?: Maybe<string>;
  readonly encryptOnMainThread?: Maybe<boolean>;
  readonly hideControls?: Maybe<boolean>;
  readonly pictures?: Maybe<"all" | "remote" | "local">;
  readonly keepBars?: Maybe<boolean>;
  readonly keepEnded?: Maybe<boolean>;
  readonly notes?: Maybe<boolean>;
  readonly transcript?: Maybe<boolean>;
  /** At most 12 of at most 200 characters. */
  readonly quickTexts?: Maybe<readonly string[]>;
  readonly smallWindow?: Maybe<"browser" | "host" | "off">;
  readonly shortcuts?: Maybe<"view" | "page" | "off">;
  readonly permissionHelp?: Maybe<string>;
  /** 0 to 1. */
  readonly volume?: Maybe<number>;
  /** 0 to 1. */
  readonly callVolume?: Maybe<number>;
  /** 0 to 1. */
  readonly screenVolume?: Maybe<number>;
  readonly soundRegion?: Maybe<string>;
  readonly ring?: Maybe<boolean>;
  readonly noHaptics?: Maybe<boolean>;
  readonly noWakeLock?: Maybe<boolean>;
  readonly systemControls?: Maybe<"off" | "buttons" | "named">;
  /** BCP 47, or the system's notation, such as `en_US`. */
  readonly lang?: Maybe<string>;
  readonly dir?: Maybe<"ltr" | "rtl" | "auto">;
  /** CSS `color-scheme`. */
  readonly colorScheme?: Maybe<"light" | "dark" | "light dark">;
  readonly theme?: Maybe<Readonly<Record<string, string>>>;
  /** Factor of the system's text size, 0.5 to 4. Applies to the whole page, because the kit measures in `rem`. */
  readonly textSize?: Maybe<number>;
}

/** Validated settings of `configure`. Fields that were not sent are absent. */
export interface HostSettings {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly contact?: HostedContact;
  readonly hideControls?: boolean;
  readonly pictures?: "all" | "remote" | "local";
  readonly colorScheme?: string;
  readonly theme?: Readonly<Record<string, string>>;
  readonly textSize?: number;
  /** Names of fields that were dropped or clamped, such as `volume` or `iceServers[1]`. */
  readonly ignored: readonly string[];
}

/**
 * Reads one field. @returns its value; `undefined` to keep the view's value. @param ignore reports the field, or a part of it.
 */
type Reader = (given: unknown, ignore: (part?: string) => void) => unknown;

const taken =
  (read: (given: unknown) => HostValue<unknown>): Reader =>
  (given, ignore) => {
    const { value, isRefused } = read(given);
    if (isRefused) ignore();
    return value;
  };
/** An unreadable value leaves the view's value. */
const toggle = taken((given) => {
  const { value, isRefused } = readSwitch(given, false);
  return { value: isRefused ? undefined : value, isRefused };
});
const number = (range: NumberRange) => taken((given) => readNumber(given, range, undefined));
const choice = (...choices: readonly string[]) =>
  taken((given) => readChoice(given, choices, undefined));
const text = (most: number) =>
  taken((given) => {
    const isText = typeof given === "string" && given.length <= most;
    return { value: isText ? given : undefined, isRefused: !isText };
  });

/** No secret and no binding has this length. The view refuses a call with it, instead of calling without the host's secret. */
const unusable = new Uint8Array(4097);

/** Bytes in JSON: base64 of either alphabet, with line breaks or without padding, or an array of numbers. */
const bytes = (isRight: (bytes: Uint8Array) => boolean) =>
  taken((given) => {
    const read = fromJson(given);
    const isUsable = read !== null && isRight(read);
    return { value: isUsable ? read : unusable, isRefused: !isUsable };
  });

function fromJson(given: unknown): Uint8Array | null {
  const read = toBytes(given);
  if (read instanceof Uint8Array) return read;
  if (typeof given !== "string" || given.length > 8192) return null;
  try {
    const base64 = given.replace(/\s/g, "").replaceAll("-", "+").replaceAll("_", "/");
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

/** Custom properties of the kit. Values that could load a URL, or hide one by an escape, are refused. */
const themeName = /^--sx-[a-z0-9-]{1,64}$/;
const themeValue = /^(?![^]*(?:url|src|image)[\w-]*\()[^\\;{}]{0,256}$/i;
const maxThemeNames = 512;

const theme: Reader = (given, ignore) => {
  if (!isRecord(given)) {
    ignore();
    return undefined;
  }
  // The name may be anything, so it is not repeated.
  const entries = Object.entries(given).filter(([name, value], index) => {
    const isGood =
      index < maxThemeNames &&
      themeName.test(name) &&
      (isAbsent(value) || (typeof value === "string" && themeValue.test(value)));
    if (!isGood) ignore(themeName.test(name) ? `.${name}` : "");
    return isGood;
  });
  // An empty value removes a custom property (CSSOM `setProperty`).
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? ""]));
};

const readers: { readonly [Name in keyof HostSettingsData]-?: Reader } = {
  contact(given, ignore) {
    const contact = readContact(given, (field) => ignore(`.${field}`), maxName);
    if (contact === null) ignore();
    return contact ?? undefined;
  },
  iceServers(given, ignore) {
    const { servers, refused } = readIceServers(given);
    for (const { index } of refused) ignore(index === null ? "" : `[${String(index)}]`);
    const isList = !refused.some(({ index, fault }) => index === null && fault === "not-a-server");
    return isList ? servers : undefined;
  },
  // An invalid value becomes `true`: a host that set the field intended to hide the address.
  relayOnly: taken((given) => readSwitch(given, true)),
  measureRelays: choice("off", "caller", "both"),
  ringTimeout: number(waitRange),
  reconnectTimeout: number(waitRange),
  connectTimeout: number(waitRange),
  removalTimeout: number(removalRange),
  dataSaver: number(dataRange),
  whenBusy: choice("wait", "busy"),
  avatarBeforeAccept: toggle,
  lastCall: taken((given) => ({
    value: isRecord(given) ? given : undefined,
    isRefused: !isRecord(given),
  })),
  hostSecret: bytes(isSecret),
  hostBinding: bytes(isBinding),
  encryptOnMainThread: toggle,
  hideControls: toggle,
  pictures: choice("all", "remote", "local"),
  keepBars: toggle,
  keepEnded: toggle,
  notes: toggle,
  transcript: toggle,
  quickTexts: taken((given) => ({
    value: Array.isArray(given) ? given : undefined,
    isRefused: !Array.isArray(given),
  })),
  smallWindow: choice("browser", "host", "off"),
  shortcuts: choice("view", "page", "off"),
  permissionHelp: text(1024),
  volume: number({ least: 0, most: 1 }),
  callVolume: number({ least: 0, most: 1 }),
  screenVolume: number({ least: 0, most: 1 }),
  soundRegion: text(8),
  ring: toggle,
  noHaptics: toggle,
  noWakeLock: toggle,
  systemControls: choice("off", "buttons", "named"),
  lang: taken((given) => {
    const { value, isRefused } = readLanguage(given);
    return { value: isRefused ? undefined : value, isRefused };
  }),
  dir: choice("ltr", "rtl", "auto"),
  colorScheme: choice("light", "dark", "light dark"),
  theme,
  textSize: number({ least: 0.5, most: 4 }),
};

/** Fields that `null` resets to their default. */
const nullable: readonly string[] = [
  "dataSaver",
  "lastCall",
  "hostSecret",
  "hostBinding",
  "soundRegion",
  "quickTexts",
] satisfies (keyof HostSettingsData)[];

/** Fields that are not plain properties of the view. */
const own = ["contact", "hideControls", "pictures", "colorScheme", "theme", "textSize"];

/** Reads the settings of a host one by one. Invalid ones are dropped and named. */
export function readSettings(given: HostSettingsData): HostSettings {
  const ignored = new Set<string>();
  const read: [name: string, value: unknown][] = [];
  for (const [name, reader] of Object.entries(readers)) {
    const value: unknown = Object.hasOwn(given, name) ? Reflect.get(given, name) : undefined;
    if (value === null && nullable.includes(name)) read.push([name, null]);
    if (isAbsent(value)) continue;
    const result = reader(value, (part = "") => ignored.add(name + part));
    if (result !== undefined) read.push([name, result]);
  }
  return {
    ...Object.fromEntries(read.filter(([name]) => own.includes(name))),
    properties: Object.fromEntries(read.filter(([name]) => !own.includes(name))),
    ignored: [...ignored],
  };
}
