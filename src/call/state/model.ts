import type { CallEnding, CallRecord } from "../record.ts";
import type { CallStateName } from "../terms.ts";
import { noAdaptation, type Adaptation } from "./adaptation.ts";
import { noCandidates, type Candidates } from "./candidates.ts";
import { noDevices, type Devices, noRemoteMedia, type RemoteMediaStatus } from "./devices.ts";
import { noExchange, type Exchange } from "./exchange.ts";
import { noHold, type Hold } from "./hold.ts";
import { noIdentity, type CallIdentity } from "./identity.ts";
import { noKeys, type Keys } from "./keys.ts";
import { noPath, type Path } from "./path.ts";
import { noProtection, type Protection } from "./protection.ts";
import { noReconnection, type ReconnectionState } from "./reconnection.ts";
import { noSensing, type Sensing } from "./sensing.ts";
import type { Receipt } from "./receipt.ts";
import type { CallSettings } from "./settings.ts";
import { noTimes, type CallTimes } from "./times.ts";

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
