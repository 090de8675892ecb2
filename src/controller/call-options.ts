import { CallError } from "../errors.ts";
import {
  attempt,
  isAbsent,
  isRecord,
  isTrustedAddress,
  readChoice,
  readNumber,
  readSwitch,
  type HostValue,
  type TrustedAddress,
  dataRange,
  isBinding,
  isSecret,
  toBytes,
  waitRange,
} from "../host-values/host-value.ts";
import { hasRelay, readIceServers, type IceServerFault } from "../host-values/ice-servers.ts";
import type { CallMediaDevices } from "../media/devices/device-requests.ts";
import type { TrackEffect, TrackProcessor } from "../media/devices/open-track.ts";
import type { ChosenDevices } from "../media/devices/device-choices.ts";

/** See `CallOptions.measureRelays`. */
export type MeasureRelays = "off" | "caller" | "both";

/** The host's options of calls. Read again for every call. */
export interface CallOptions {
  /** STUN and TURN servers, W3C `RTCIceServer`. Empty by default: only servers named by the host are contacted. */
  readonly iceServers: RTCIceServer[];
  /** `true` to send media through a relay only. */
  readonly relayOnly: boolean;
  /** Side that measures the round-trip time of relays while it rings, in a call through relays only. Default `off`. */
  readonly measureRelays?: MeasureRelays;
  /** Seconds an unanswered call rings, above 0. */
  readonly ringTimeoutSeconds: number;
  /** Seconds a call waits for a lost path, above 0. */
  readonly reconnectTimeoutSeconds: number;
  /** Reaction to a second call: `wait` shows it, `busy` rejects it. Default `wait`. */
  readonly whenBusy?: "wait" | "busy";
  /** Seconds from accept to a path, above 0, restarted by each message of the other side. */
  readonly connectTimeoutSeconds?: number;
  /** Data limit in both directions, in megabytes per hour, at least 60; `null` for none. */
  readonly megabytesPerHour: number | null;
  /** Source of tracks; `null` for the browser's own devices. */
  readonly mediaDevices: CallMediaDevices | null;
  /** Processes microphone and camera tracks before they are sent; `null` for none. */
  readonly trackProcessor: TrackProcessor | null;
  /** Processing that a person can turn on in the device menu. Default none. */
  readonly effects?: readonly TrackEffect[];
  /** Device selections of earlier calls, which the call updates as a person chooses. Without it a call begins with the system's devices. */
  readonly chosen?: ChosenDevices;
  /** 32 bytes that only the two hosts know, mixed into the keys. `null` for none. */
  readonly hostSecret: Uint8Array | null;
  /** Bytes that both hosts share, such as both identity keys, to which the call is bound. `null` for none. */
  readonly hostBinding: Uint8Array | null;
  /** URL of the frame worker's script; `null` for the shipped one. */
  readonly workerUrl: string | TrustedAddress | null;
  /** `true` to encrypt frames on the main thread, for WebViews with faulty workers. */
  readonly encryptOnMainThread: boolean;
}

/** Default options. */
export const defaultOptions: CallOptions & { readonly connectTimeoutSeconds: number } = {
  iceServers: [],
  relayOnly: false,
  measureRelays: "off",
  ringTimeoutSeconds: 60,
  reconnectTimeoutSeconds: 30,
  connectTimeoutSeconds: 30,
  whenBusy: "wait",
  megabytesPerHour: null,
  mediaDevices: null,
  trackProcessor: null,
  effects: [],
  hostSecret: null,
  hostBinding: null,
  workerUrl: null,
  encryptOnMainThread: false,
};

/** Options of a call after validation. */
export interface ReadOptions {
  readonly options: CallOptions;
  /** Error that prevents any call. Its text names the property, never its value. `null` without an error. */
  readonly problem: CallError | null;
  /** Report of values that were ignored or clamped. `null` without any. */
  readonly ignored: CallError | null;
}

/** Names of the options as properties of the call view. */
const propertyNames: { readonly [Name in keyof CallOptions]?: string } = {
  ringTimeoutSeconds: "ringTimeout",
  reconnectTimeoutSeconds: "reconnectTimeout",
  connectTimeoutSeconds: "connectTimeout",
  megabytesPerHour: "dataSaver",
};

const serverFaults: Record<IceServerFault, string> = {
  "not-a-server": "is no server",
  "no-address": "has no address",
  "bad-address": "has an address that is none of STUN or TURN",
  "no-credentials": "is a TURN server without a user name and a password",
  "too-many": "is one too many",
};

/**
 * Reads the host's options. `undefined` and `null` mean the default; a value out of range becomes the nearest valid one. Only
 * options that would make a call unsafe or impossible are errors, such as an invalid secret.
 */
export function readOptions(given: {
  readonly [Name in keyof CallOptions]?: unknown;
}): ReadOptions {
  const problems: string[] = [];
  const ignored: string[] = [];
  const name = (option: keyof CallOptions) => propertyNames[option] ?? option;
  const read = <T>(option: keyof CallOptions, { value, isRefused }: HostValue<T>): T => {
    if (isRefused) ignored.push(`"${name(option)}" is of the wrong type or out of range`);
    return value;
  };
  /** Options without which the call would differ from what the host requires. */
  const need = <T>(
    option: keyof CallOptions,
    isRight: (value: unknown) => value is T,
  ): T | null => {
    const value: unknown = given[option];
    if (isAbsent(value)) return null;
    if (attempt(() => isRight(value), false)) return value as T;
    problems.push(name(option));
    return null;
  };
  const seconds = (option: `${"ring" | "reconnect" | "connect"}TimeoutSeconds`) =>
    read(option, readNumber(given[option], waitRange, defaultOptions[option]));
  const { servers, refused } = readIceServers(given.iceServers);
  for (const { index, fault } of refused)
    ignored.push(
      `"iceServers"${index === null ? "" : `[${String(index)}]`} ${serverFaults[fault]}`,
    );
  const bytesOf = (value: unknown) => attempt(() => toBytes(value), value);
  const [secret, binding] = [bytesOf(given.hostSecret), bytesOf(given.hostBinding)];
  if (!isSecret(secret)) problems.push("hostSecret");
  if (!isBinding(binding)) problems.push("hostBinding");
  const options: CallOptions = {
    iceServers: servers,
    // An invalid value becomes `true`: a host that set the option intended to hide the address.
    relayOnly: read("relayOnly", readSwitch(given.relayOnly ?? false, true)),
    measureRelays: read(
      "measureRelays",
      readChoice(given.measureRelays, ["off", "caller", "both"], "off"),
    ),
    ringTimeoutSeconds: seconds("ringTimeoutSeconds"),
    reconnectTimeoutSeconds: seconds("reconnectTimeoutSeconds"),
    connectTimeoutSeconds: seconds("connectTimeoutSeconds"),
    whenBusy: read("whenBusy", readChoice(given.whenBusy, ["wait", "busy"], "wait")),
    megabytesPerHour: read("megabytesPerHour", readNumber(given.megabytesPerHour, dataRange, null)),
    mediaDevices: need("mediaDevices", hasDevices),
    trackProcessor: need("trackProcessor", isProcessor),
    effects: need("effects", areEffects) ?? [],
    hostSecret: isSecret(secret) ? (secret as Uint8Array | null) : null,
    hostBinding: isBinding(binding) ? (binding as Uint8Array | null) : null,
    workerUrl: read(
      "workerUrl",
      attempt(() => readAddress(given.workerUrl), { value: null, isRefused: true }),
    ),
    encryptOnMainThread: read("encryptOnMainThread", readSwitch(given.encryptOnMainThread, false)),
    ...(isRecord(given.chosen) && { chosen: given.chosen }),
  };
  const wrong = `The property "${problems.join('", "')}" of a call is of the wrong type or out of range.`;
  return {
    options,
    problem: problems.length > 0 ? new CallError("bad-argument", wrong) : null,
    ignored:
      ignored.length > 0
        ? new CallError("bad-argument", `Dropped or clamped: ${ignored.join(", ")}.`)
        : null,
  };
}

/** Reports relay-only without a relay server: no candidate could be gathered. @returns `null` where a path is possible. */
export function relayProblem({ iceServers, relayOnly }: CallOptions): CallError | null {
  if (!relayOnly || hasRelay(iceServers)) return null;
  return new CallError(
    "bad-argument",
    'A call through a relay only needs a TURN server in "iceServers".',
  );
}

const isProcessor = (value: unknown): value is TrackProcessor => typeof value === "function";

/** Each with a known switch. */
const areEffects = (value: unknown): value is readonly TrackEffect[] =>
  (value as TrackEffect[]).every(
    ({ feature, process }) =>
      /^(backgroundBlur|voiceIsolation)$/.test(feature) && isProcessor(process),
  );

/** Checks for the part of W3C `MediaDevices` that every call needs. A host's class may inherit it. */
function hasDevices(value: unknown): value is CallMediaDevices {
  return (
    typeof value === "object" &&
    value !== null &&
    "getUserMedia" in value &&
    typeof value.getUserMedia === "function"
  );
}

function readAddress(given: unknown): HostValue<string | TrustedAddress | null> {
  if (isTrustedAddress(given)) return { value: given, isRefused: false };
  const value = given instanceof URL ? given.href : given;
  const isText = typeof value === "string" && value !== "";
  return { value: isText ? value : null, isRefused: !isText && !isAbsent(given) && given !== "" };
}
