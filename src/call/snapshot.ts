import type { Stuck } from "./state/path.ts";
import type { CallEnding, CallRecord } from "./record.ts";
import type { ProtectionReport } from "./state/protection.ts";
import type { QualityReport } from "./state/quality.ts";
import type {
  CallAction,
  CallDirection,
  CallMedia,
  CallStateName,
  CaptureHint,
  ConnectingStep,
} from "./terms.ts";
import type { Verification } from "./state/keys.ts";
import type {
  DeviceList,
  LocalMediaStatus,
  VoiceProcessing,
  RemoteMediaStatus,
} from "./state/devices.ts";
import type { Hold } from "./state/model.ts";
import type { Reconnection } from "./state/reconnection.ts";

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
