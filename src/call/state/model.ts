import type { CallEnding, CallRecord, Receipt } from "../record.ts";
import type { CallStateName } from "../terms.ts";
import { type Adaptation, noAdaptation } from "./adaptation.ts";
import {
  type Candidates,
  noCandidates,
  noPath,
  type Path,
  noReconnection,
  type ReconnectionState,
} from "./path.ts";
import {
  type Devices,
  noDevices,
  noRemoteMedia,
  type RemoteMediaStatus,
  noSensing,
  type Sensing,
} from "./devices.ts";
import { type Exchange, noExchange } from "./exchange.ts";
import { type CallIdentity, noIdentity, originalDirection, type ResumedCall } from "./identity.ts";
import { type Keys, noKeys } from "./keys.ts";
import { noProtection, type Protection } from "./protection.ts";
import { type CallTimes, noTimes, countTalk } from "./times.ts";
import type { CallErrorCode } from "../../errors.ts";

/** The sides that hold a call. A side that holds sends no media and plays none. */
export interface Hold {
  /** `true` while this side holds the call. */
  readonly local: boolean;
  /** As the other side reports it. */
  readonly remote: boolean;
}

export const noHold: Hold = { local: false, remote: false };

/**
 * State of one call, on which `transition` operates. Immutable, one slice per subject. Screens get a `CallSnapshot` without the
 * set-up state.
 */
export interface CallModel {
  readonly settings: CallSettings;
  readonly state: CallStateName;
  readonly identity: CallIdentity;
  readonly times: CallTimes;
  readonly exchange: Exchange;
  readonly candidates: Candidates;
  readonly keys: Keys;
  readonly path: Path;
  readonly protection: Protection;
  readonly devices: Devices;
  readonly sensing: Sensing;
  readonly remote: RemoteMediaStatus;
  readonly hold: Hold;
  readonly adaptation: Adaptation;
  readonly reconnection: ReconnectionState;
  readonly ending: CallEnding | null;
  readonly record: CallRecord | null;
  /** Absent in calls whose rules keep none. */
  readonly receipt?: Receipt;
}

/** Returns the state before the first event. */
export function idleModel(settings: CallSettings): CallModel {
  return {
    settings,
    state: "idle",
    identity: noIdentity,
    times: noTimes,
    exchange: { ...noExchange, nextSeq: settings.firstSeq ?? 0 },
    candidates: noCandidates,
    keys: noKeys,
    path: noPath,
    protection: noProtection,
    devices: noDevices,
    sensing: noSensing,
    remote: noRemoteMedia,
    hold: noHold,
    adaptation: noAdaptation,
    reconnection: noReconnection,
    ending: null,
    record: null,
  };
}

/** Pace of ICE restarts while a path is lost. Times in milliseconds. */
export interface RestartPace {
  /** Wait before the first restart: a lost path often recovers. */
  readonly patience: number;
  /** Between the first two attempts; each later one waits a patience longer, up to the longest. */
  readonly interval: number;
  readonly longestInterval: number;
  readonly tries: number;
  /** Quick restarts in one silence, while the transport still reports that it is connected; as many slower ones follow. */
  readonly silentTries: number;
}

/** Choices of the host and capabilities of the platform, constant for the life of a call. */
export interface CallSettings {
  /** Random id of this view among all views of its person. Part of every message, to distinguish two views that accept. */
  readonly device?: string;
  /** Milliseconds an unanswered call rings. */
  readonly ringMilliseconds: number;
  /** `true` to send media through a relay only, which hides the address. */
  readonly relayOnly: boolean;
  /** `true` where a person may choose that for a call: there is a relay, and the host has not set it. Default false. */
  readonly mayHideAddress?: boolean;
  /** Milliseconds from accept to a path, restarted by each message of the other side. Default 30,000. */
  readonly connectMilliseconds?: number;
  /** The number of the first message of this side: others may have been sent for the call before. Default 0. */
  readonly firstSeq?: number;
  /** Milliseconds a call waits for a lost path. */
  readonly reconnectMilliseconds: number;
  /** For a peer that cannot keep up with the kit's own pace, which is the default. */
  readonly restartPace?: RestartPace;
  /** Data limit in both directions, in megabytes per hour; `null` (default) for none. */
  readonly megabytesPerHour?: number | null;
  /** `true` where the platform can share a screen. */
  readonly canShareScreen: boolean;
  /** `true` where calls can be started here; `false` where only the host starts them. Default true. */
  readonly canCallBack?: boolean;
  /** Error that prevents calls here; `null` for none. */
  readonly unable: CallErrorCode | null;
}

/** Continues the resumed call: its clock goes on, and the reconnection counts. */
export function continueFrom(model: CallModel, resumed: ResumedCall): CallModel {
  const { startedAt, connectedAt, talked, reconnections, wanted, isHeld } = resumed;
  return {
    ...model,
    identity: { ...model.identity, resumed },
    times: { ...model.times, startedAt, connectedAt, talked },
    reconnection: { ...model.reconnection, count: reconnections + 1 },
    // Screen sharing ends: it requires a person's choice each time.
    devices: { ...model.devices, wanted: { ...wanted, screen: false } },
    hold: { ...model.hold, local: isHeld },
  };
}

/** Returns the properties for a call that resumes this one; `null` if it was never connected. */
export function resumedFrom(model: CallModel, now: number): ResumedCall | null {
  const { identity, times, reconnection, devices, hold, settings } = model;
  const { startedAt, connectedAt } = times;
  if (connectedAt === null || startedAt === null) return null;
  return {
    callId: identity.callId,
    direction: originalDirection(identity),
    startedAt,
    connectedAt,
    talked: countTalk(times, model.protection.measurements, now).talked,
    reconnections: reconnection.count,
    wanted: devices.wanted,
    isHeld: hold.local,
    isHidden: settings.relayOnly,
  };
}
