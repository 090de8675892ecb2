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
import type { DeviceList, LocalMediaStatus, VoiceProcessing } from "./state/devices.ts";
import type { RemoteMediaStatus } from "./state/remote.ts";
import type { Hold } from "./state/hold.ts";
import type { Reconnection } from "./state/reconnection.ts";

/** How good a call is, and what this side sends because of it. */
export interface CallQuality extends QualityReport {
  /** What of the own picture is sent: `720p30`, `540p30`, `360p24`, `270p15`, `180p10`, or `audio-only`. */
  readonly sending: string;
  /** Why it is not the best; `null` where it is, or where there is no picture. */
  readonly reason: "network" | "data-saver" | null;
}

/** Everything a screen needs to know of a call, at one moment. Deeply frozen plain data: no DOM, no streams, no secrets. */
export interface CallSnapshot {
  readonly state: CallStateName;
  /** When all of this was so: a stored snapshot shows its age. Milliseconds since the epoch. */
  readonly asOf: number;
  /** 16 random bytes, base64url; `null` while idle. */
  readonly callId: string | null;
  /** `null` while idle. */
  readonly direction: CallDirection | null;
  /** What the invitation asked for. */
  readonly media: CallMedia;
  /** Milliseconds since the epoch; `null` where it has not happened. */
  readonly startedAt: number | null;
  /** When media could first flow; `null` where it has not happened. */
  readonly connectedAt: number | null;
  readonly endedAt: number | null;
  /** What is being waited for; `null` where the call is not being set up. */
  readonly step: ConnectingStep | null;
  /** Why connecting takes so long, once it has taken eight seconds; kept where the call ended over it. `null` otherwise. */
  readonly stuck: Stuck | null;
  readonly local: LocalMediaStatus;
  readonly devices: DeviceList;
  readonly voice: VoiceProcessing;
  /** What is odd about the own devices now. */
  readonly hints: readonly CaptureHint[];
  readonly remote: RemoteMediaStatus;
  /** Who has put the call on hold. */
  readonly held: Hold;
  /** What the lock shows: computed from counted frames, never from an agreement alone. */
  readonly protection: ProtectionReport;
  /**
   * The security code that both people can compare: seven numbers from 0 to 63, of which the first four are the short form.
   * `null` until both sides have proved that they hold the same keys.
   */
  readonly securityCode: readonly number[] | null;
  /** What each person said of the comparison. */
  readonly verification: Verification;
  /** How good the call is, measured over the last five seconds; `null` before it is connected. */
  readonly quality: CallQuality | null;
  /** Whether media goes through a relay; `null` until a path is in use. */
  readonly relayed: boolean | null;
  /** Whether a call made or accepted now lets the other side learn this device's IP address (no relay-only policy). */
  readonly exposesAddress: boolean;
  /** What is done about a lost path; `null` while there is none. */
  readonly reconnection: Reconnection | null;
  /** How often the path was lost and found again. */
  readonly reconnections: number;
  /** How it ended; `null` before. */
  readonly ending: CallEnding | null;
  readonly actions: readonly CallAction[];
  /** The immutable chat item of the call, once it has ended; `null` before. */
  readonly record: CallRecord | null;
}
