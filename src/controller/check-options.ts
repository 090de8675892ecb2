import { CallError } from "../errors.ts";
import {
  dataRange,
  isBinding,
  isSecret,
  toBytes,
  waitRange,
} from "../host-values/call-settings.ts";
import {
  isAbsent,
  isRecord,
  readChoice,
  readNumber,
  readSwitch,
} from "../host-values/host-value.ts";
import type { HostValue } from "../host-values/host-value.ts";
import { hasRelay, readIceServers, type IceServerFault } from "../host-values/ice-servers.ts";
import type { CallMediaDevices } from "../media/devices/device-requests.ts";
import type { TrackProcessor } from "../media/devices/track-processor.ts";
import type { CallOptions } from "./ports.ts";

/** What a host that chooses nothing has. */
export const defaultOptions: CallOptions = {
  iceServers: [],
  relayOnly: false,
  ringTimeoutSeconds: 60,
  reconnectTimeoutSeconds: 30,
  whenBusy: "wait",
  megabytesPerHour: null,
  mediaDevices: null,
  trackProcessor: null,
  hostSecret: null,
  hostBinding: null,
  workerUrl: null,
  encryptOnMainThread: false,
};

/** The options of a call as they are used. */
export interface ReadOptions {
  readonly options: CallOptions;
  /** Why no call can be made with them: a text that names the property and never its value. `null` where all is well. */
  readonly problem: CallError | null;
  /** What was left out or brought into its range, for the host to be told. `null` where nothing was. */
  readonly ignored: CallError | null;
}

/** The names under which hosts know the options: the properties of the call view. */
const propertyNames: { readonly [Name in keyof CallOptions]?: string } = {
  ringTimeoutSeconds: "ringTimeout",
  reconnectTimeoutSeconds: "reconnectTimeout",
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
 * Reads what a host chose: `undefined` and `null` mean the default, a value out of range the nearest one. Only what would make a call
 * unsafe or impossible is a problem: half a secret, or work on a picture that cannot be done.
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
  /** Without it a call would be another one than the host wanted. */
  const need = <T>(
    option: keyof CallOptions,
    isRight: (value: unknown) => value is T,
  ): T | null => {
    const value: unknown = given[option];
    if (isAbsent(value)) return null;
    if (isRight(value)) return value;
    problems.push(name(option));
    return null;
  };
  const seconds = (option: "ringTimeoutSeconds" | "reconnectTimeoutSeconds") =>
    read(option, readNumber(given[option], waitRange, defaultOptions[option]));
  const { servers, refused } = readIceServers(given.iceServers);
  for (const { index, fault } of refused)
    ignored.push(
      `"iceServers"${index === null ? "" : `[${String(index)}]`} ${serverFaults[fault]}`,
    );
  const [secret, binding] = [toBytes(given.hostSecret), toBytes(given.hostBinding)];
  if (!isSecret(secret)) problems.push("hostSecret");
  if (!isBinding(binding)) problems.push("hostBinding");
  const options: CallOptions = {
    iceServers: servers,
    // Whoever has set it to something wanted no address to be told.
    relayOnly: read("relayOnly", readSwitch(given.relayOnly ?? false, true)),
    ringTimeoutSeconds: seconds("ringTimeoutSeconds"),
    reconnectTimeoutSeconds: seconds("reconnectTimeoutSeconds"),
    whenBusy: read("whenBusy", readChoice(given.whenBusy, ["wait", "busy"], "wait")),
    megabytesPerHour: read("megabytesPerHour", readNumber(given.megabytesPerHour, dataRange, null)),
    mediaDevices: need("mediaDevices", hasDevices),
    trackProcessor: need("trackProcessor", isProcessor),
    hostSecret: isSecret(secret) ? (secret as Uint8Array | null) : null,
    hostBinding: isBinding(binding) ? (binding as Uint8Array | null) : null,
    workerUrl: read("workerUrl", readAddress(given.workerUrl)),
    encryptOnMainThread: read("encryptOnMainThread", readSwitch(given.encryptOnMainThread, false)),
    ...(isRecord(given.chosen) && { chosen: given.chosen }),
  };
  const wrong = `The property "${problems.join('", "')}" of a call is of the wrong type or out of range.`;
  return {
    options,
    problem: problems.length > 0 ? new CallError("bad-argument", wrong) : null,
    ignored:
      ignored.length > 0
        ? new CallError("bad-argument", `Left out or changed: ${ignored.join(", ")}.`)
        : null,
  };
}

/** Through a relay only, and there is none: no address would ever be found. @returns `null` where there is a way. */
export function relayProblem({ iceServers, relayOnly }: CallOptions): CallError | null {
  if (!relayOnly || hasRelay(iceServers)) return null;
  return new CallError(
    "bad-argument",
    'A call through a relay only needs a TURN server in "iceServers".',
  );
}

const isProcessor = (value: unknown): value is TrackProcessor => typeof value === "function";

/** The part of W3C `MediaDevices` that no call can be made without. A class of a host's own may have it in its prototype. */
function hasDevices(value: unknown): value is CallMediaDevices {
  return (
    typeof value === "object" &&
    value !== null &&
    "getUserMedia" in value &&
    typeof value.getUserMedia === "function"
  );
}

function readAddress(given: unknown): HostValue<string | null> {
  const value = given instanceof URL ? given.href : given;
  const isText = typeof value === "string" && value !== "";
  return { value: isText ? value : null, isRefused: !isText && !isAbsent(given) && given !== "" };
}
