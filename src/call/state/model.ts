import type { CallEnding, CallRecord } from "../record.ts";
import type { CallStateName } from "../terms.ts";
import { type Adaptation, noAdaptation } from "./adaptation.ts";
import { type Candidates, noCandidates } from "./candidates.ts";
import { type Devices, noDevices, noRemoteMedia, type RemoteMediaStatus } from "./devices.ts";
import { type Exchange, noExchange } from "./exchange.ts";
import { type CallIdentity, noIdentity } from "./identity.ts";
import { type Keys, noKeys } from "./keys.ts";
import { noPath, type Path } from "./path.ts";
import { noProtection, type Protection } from "./protection.ts";
import type { Receipt } from "./receipt.ts";
import { noReconnection, type ReconnectionState } from "./reconnection.ts";
import { noSensing, type Sensing } from "./sensing.ts";
import type { CallSettings } from "./settings.ts";
import { type CallTimes, noTimes } from "./times.ts";

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
