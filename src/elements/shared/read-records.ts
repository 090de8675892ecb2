import {
  isRecord,
  isAbsent,
  isReadable,
  toText,
  readChoice,
  type HostValue,
  attempt,
} from "../../host-values/host-value.ts";
import { protectionIcon } from "./status-icons.ts";
import { taken, refused } from "./property-readers.ts";

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

const protections: readonly string[] = Object.keys(protectionIcon);
const directions = ["incoming", "outgoing"];
const kinds = ["audio", "video"];
const drawnOfRecord = [
  "connectedAt",
  "endedAt",
  "durationSeconds",
  "relayed",
  "verified",
  "talk",
  "text",
  "ending",
];

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
