import type { Stuck, Reconnection } from "./state/path.ts";
import type { CallEnding, CallRecord } from "./record.ts";
import { type ProtectionReport, isRelayed } from "./state/protection.ts";
import type { QualityReport } from "./state/quality.ts";
import type {
  CallAction,
  CallDirection,
  CallMedia,
  CallStateName,
  CaptureHint,
  ConnectingStep,
} from "./terms.ts";
import { type Verification, lacksProof } from "./state/keys.ts";
import {
  type DeviceList,
  type LocalMediaStatus,
  type VoiceProcessing,
  type RemoteMediaStatus,
  hasCamera,
} from "./state/devices.ts";
import type { Hold, CallModel } from "./state/model.ts";
import type { CallErrorCode } from "../errors.ts";
import { originalDirection } from "./state/identity.ts";

/** Talk time of a call. Excludes lost paths and sleep of the device, and does not depend on clock changes. */
export interface Talk {
  /** Until `at`; until the end where that is `null`. */
  readonly milliseconds: number;
  /** By this page's `performance.now()`; `null` while nobody can talk. */
  readonly at: number | null;
}

/** Measured quality of the call, and the video tier that this side sends because of it. */
export interface CallQuality extends QualityReport {
  /** Tier of the own video: `720p30`, `540p30`, `360p24`, `270p15`, `180p10`, or `audio-only`. */
  readonly sending: string;
  /** Why the tier is not the best one. `null` for the best tier, or without a camera. */
  readonly reason: "network" | "data-saver" | null;
}

/** State of a call for the screen. Deeply frozen plain data: no DOM, no streams, no secrets. */
export interface CallSnapshot {
  /** State of the call. */
  readonly state: CallStateName;
  /** Time of the snapshot. Milliseconds since the epoch. */
  readonly asOf: number;
  /** 16 random bytes, base64url; `null` while idle. */
  readonly callId: string | null;
  /** `null` while idle. */
  readonly direction: CallDirection | null;
  /** Media in the invitation. */
  readonly media: CallMedia;
  /** Milliseconds since the epoch; `null` until the call starts. */
  readonly startedAt: number | null;
  /** Time of the first possible media. Milliseconds since the epoch; `null` before. */
  readonly connectedAt: number | null;
  /** Milliseconds since the epoch; `null` before the end. */
  readonly endedAt: number | null;
  /** Talk time; absent where it is not measured, as in a snapshot of an older kit. */
  readonly talk?: Talk;
  /** Prerequisite that a connecting call waits for. `null` in other states. */
  readonly step: ConnectingStep | null;
  /** Why connecting takes long. Set after eight seconds, and kept where the call ends for this reason. `null` otherwise. */
  readonly stuck: Stuck | null;
  /** Devices of this side, as measured. */
  readonly local: LocalMediaStatus;
  readonly devices: DeviceList;
  readonly voice: VoiceProcessing;
  /** Measured problems of this side's devices. */
  readonly hints: readonly CaptureHint[];
  /** Devices of the other side, as it reports them. */
  readonly remote: RemoteMediaStatus;
  /** Which sides hold the call. */
  readonly held: Hold;
  /** Protection that the lock shows: computed from counted frames, never from the key agreement alone. */
  readonly protection: ProtectionReport;
  /**
   * The security code: seven numbers from 0 to 63, the first four of which are the short form. `null` until both sides have
   * proved that they hold the same keys.
   */
  readonly securityCode: readonly number[] | null;
  /** Result of the comparison, by each person. */
  readonly verification: Verification;
  /** Quality over the last five seconds; `null` before the call is connected. */
  readonly quality: CallQuality | null;
  /** `true` where media goes through a relay; `null` until a path is in use. */
  readonly relayed: boolean | null;
  /** `true` where a call made or accepted now reveals this device's IP address to the other side. */
  readonly exposesAddress: boolean;
  /** State of the reconnection; `null` while the path works. */
  readonly reconnection: Reconnection | null;
  /** Number of recovered paths. */
  readonly reconnections: number;
  /** End of the call; `null` before. */
  readonly ending: CallEnding | null;
  /** Actions that are possible now. */
  readonly actions: readonly CallAction[];
  /** The immutable record of the ended call; `null` before. */
  readonly record: CallRecord | null;
}

/** Parts of a snapshot that exist once the rules of a running call are loaded. A ringing call has none. */
export type RunningParts = Pick<
  CallSnapshot,
  "talk" | "hints" | "protection" | "quality" | "reconnection"
> & {
  /** Why it connects slowly, for a call that does. */
  readonly diagnose: () => Stuck;
};

/** Returns these parts. @param steady as of {@link ringingSnapshot}. */
export type PartsOf = (model: CallModel, asOf: number, steady?: SteadyMoment) => RunningParts;

/**
 * Returns the snapshot of a call for screens. Deeply frozen.
 *
 * @param previous the snapshot before, returned again where no visible property changed, so that screens do not render.
 * @param now milliseconds since the epoch.
 * @param steady the same moment by the clock of the call, which nobody can set, and by the page's.
 * @param partsOf of a call whose rules are loaded.
 */
export function ringingSnapshot(
  model: CallModel,
  previous?: CallSnapshot,
  now = 0,
  steady?: SteadyMoment,
  partsOf: PartsOf = ringingParts,
): CallSnapshot {
  const snapshot = describe(model, now, partsOf(model, now, steady));
  if (previous === undefined) return deepFreeze(snapshot);
  // The moment alone is no change, nor is a clock that has gone on.
  const same = {
    ...snapshot,
    asOf: previous.asOf,
    ...(isSameTalk(snapshot.talk, previous.talk) && { talk: previous.talk }),
  };
  return isSame(same, previous) ? previous : deepFreeze(snapshot);
}

/** One moment by two clocks. Milliseconds. */
export interface SteadyMoment {
  /** By the clock of the call. */
  readonly at: number;
  /** By `performance.now()`. */
  readonly ticks: number;
}

/** Milliseconds by which a clock may differ through rounding. */
const rounding = 100;

function isSameTalk(one: Talk | undefined, other: Talk | undefined): boolean {
  if (!one || !other || one.at === null || other.at === null) return false;
  return Math.abs(one.at - one.milliseconds - (other.at - other.milliseconds)) < rounding;
}

/** Nothing is measured yet, and no address found. */
function ringingParts(): RunningParts {
  return {
    hints: [],
    protection: {
      ...{ status: "none", sending: "none", receiving: "none", cipher: null },
      ...{ sealed: 0, opened: 0, duplicate: 0, forged: 0, since: null },
    },
    quality: null,
    reconnection: null,
    diagnose: () => ({ reason: "no-addresses", server: null }),
  };
}

function describe(
  model: CallModel,
  asOf: number,
  { diagnose, ...parts }: RunningParts,
): CallSnapshot {
  const { state, identity, times, keys, protection, devices, reconnection } = model;
  const isIdle = state === "idle";
  return {
    state,
    asOf,
    callId: isIdle ? null : identity.callId,
    direction: isIdle ? null : originalDirection(identity),
    media: identity.media,
    startedAt: times.startedAt,
    connectedAt: times.connectedAt,
    endedAt: times.endedAt,
    step: stepOf(model),
    stuck: isStuck(model) ? diagnose() : null,
    local: devices.local,
    devices: devices.available,
    voice: devices.voice,
    remote: model.remote,
    held: model.hold,
    securityCode: keys.securityCode,
    verification: keys.verification,
    relayed: isRelayed(protection),
    exposesAddress: !model.settings.relayOnly,
    ...parts,
    reconnections: reconnection.count,
    ending: model.ending,
    actions: possibleActions(model),
    record: model.record,
  };
}

function isStuck(model: CallModel): boolean {
  const { state, ending, path } = model;
  // The notified side gets `failed` only, without a problem of its own.
  const problem = ending?.problem ?? "timed-out";
  // An insecure end had no path, unless the missing proof was the reason.
  const isOver =
    ending?.reason === "failed" &&
    (problem === "timed-out" || (problem === "insecure" && lacksProof(model)));
  return path.isStuck && (state === "connecting" || isOver);
}

function stepOf({ state, exchange, keys, path, protection }: CallModel): ConnectingStep | null {
  switch (state) {
    case "inviting":
      return exchange.isInviteSent ? null : "devices";
    case "connecting":
      if (!keys.isAgreed) return "keys";
      return path.state === "connected" ? "security" : "path";
    case "connected":
      // Media may flow, but the first decrypted frame has not arrived.
      return protection.since === null ? "security" : null;
    default:
      return null;
  }
}

/** Problems of this engine, in which no other call works either. */
export const worksNowhere: readonly (CallErrorCode | null | undefined)[] = [
  "webrtc-unsupported",
  "encryption-unsupported",
];

function possibleActions({
  state,
  settings,
  identity,
  keys,
  devices,
  hold,
  ending,
}: CallModel): CallAction[] {
  const media: CallAction[] = ["toggle-microphone", "toggle-camera"];
  if (keys.securityCode !== null && keys.verification.local === null) media.push("check-code");
  if (devices.available.cameras.length > 1 && hasCamera(devices)) media.push("flip-camera");
  const hiding: CallAction[] = settings.mayHideAddress === true ? ["hide-address"] : [];
  switch (state) {
    case "idle":
      return [];
    case "incoming":
      return ["accept", "decline", "ignore", ...hiding];
    case "inviting":
    case "ringing":
      if (hold.local) return ["hang-up"];
      // A resumed call keeps its earlier choice.
      return ["hang-up", ...media, ...(identity.resumed === null ? hiding : [])];
    case "connecting":
      return hold.local ? ["hang-up"] : ["hang-up", ...media];
    case "connected":
    case "reconnecting":
      if (hold.local) return ["hang-up", "resume"];
      return [
        "hang-up",
        "hold",
        ...media,
        ...(settings.canShareScreen ? (["toggle-screen"] as const) : []),
      ];
    case "ended":
      return settings.canCallBack === false || worksNowhere.includes(ending?.problem)
        ? []
        : ["call-back"];
  }
}

/** Returns `true` for deeply equal plain data. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const [one, other] = [Object.entries(a), b as Record<string, unknown>];
  return (
    one.length === Object.keys(other).length &&
    one.every(([name, value]) => isSame(value, other[name]))
  );
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const field of Object.values(value)) deepFreeze(field);
  }
  return value;
}
