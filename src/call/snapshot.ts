import type { CallErrorCode } from "../errors.ts";
import type { Stuck } from "./state/doctor.ts";
import type { CallRecord } from "./record.ts";
import type { ProtectionReport } from "./state/protection.ts";
import type { QualityReport } from "./state/quality.ts";

/** Where a call is. The order is the order of a call's life. */
export type CallStateName =
  | "idle"
  | "inviting"
  | "ringing"
  | "incoming"
  | "connecting"
  | "connected"
  | "reconnecting"
  | "ended";

/** What a call was made for: sound only, or sound and picture. Either side may switch its camera on later. */
export type CallMedia = "audio" | "video";

/** Whether this side dialled or was dialled. */
export type CallDirection = "outgoing" | "incoming";

/** Why a call ended, as it travels in the `end` message. */
export type EndReason =
  "hung-up" | "cancelled" | "declined" | "busy" | "unanswered" | "failed" | "answered-elsewhere";

/** What a call that connects is waiting for: a device, the other side's keys, a network path, or the first opened frame. */
export type ConnectingStep = "devices" | "keys" | "path" | "security";

/**
 * One of this side's devices, as measured. `starting` is the time between the wish and the device; `failed` has a `problem`.
 */
export interface DeviceStatus {
  readonly state: "off" | "starting" | "on" | "failed";
  /** Why it failed; `null` otherwise. */
  readonly problem: CallErrorCode | null;
}

/** This side's devices. */
export interface LocalMediaStatus {
  readonly microphone: DeviceStatus;
  readonly camera: DeviceStatus;
  readonly screen: DeviceStatus;
  /** Which way the camera looks; `null` while none is open or where the platform does not say. */
  readonly facing: "user" | "environment" | null;
}

/** A device that a person can choose. */
export interface DeviceChoice {
  /** W3C `MediaDeviceInfo.deviceId`: of use on this page and in this browser only. */
  readonly id: string;
  /** The device's name in the system's words; empty where the browser does not tell it. */
  readonly label: string;
}

/** The devices of this side: nothing is listed before one of them was opened. */
export interface DeviceList {
  readonly microphones: readonly DeviceChoice[];
  readonly cameras: readonly DeviceChoice[];
  /** Empty where this browser plays everything where the system wants it. */
  readonly speakers: readonly DeviceChoice[];
  /** The id in use; `null` where none is open or the platform does not say. */
  readonly microphone: string | null;
  /** The id in use; `null` where none is open or the platform does not say. */
  readonly camera: string | null;
  /** The id that was chosen; `null` for the system's own. */
  readonly speaker: string | null;
}

/** What is done to the voice, as the microphone itself says; `null` where this browser, or this microphone, cannot switch it. */
export interface VoiceSwitches {
  /** W3C Media Capture and Streams, `noiseSuppression`. */
  readonly noiseSuppression: boolean | null;
  /** W3C Media Capture and Streams Extensions, `voiceIsolation`: everything but the voice is taken away. */
  readonly voiceIsolation: boolean | null;
}

/** What a person should be told of the own devices, as measured. */
export type CaptureHint = "speaking-while-muted" | "microphone-silent" | "camera-black";

/** What the other side says of its own devices, over the data channel: told, never guessed. */
export interface RemoteMediaStatus {
  /** Whether the other side has told anything yet. The other fields are `false` until it has. */
  readonly known: boolean;
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly screen: boolean;
}

/** Who has put a call on hold: nothing of the side that holds is sent, and nothing is played there. */
export interface Hold {
  readonly local: boolean;
  /** As the other side tells it. */
  readonly remote: boolean;
}

/** How a call ended. */
export interface CallEnding {
  readonly reason: EndReason;
  /** Which side ended it; `none` where nobody did (a failure, or a wait that ran out). */
  readonly by: "local" | "remote" | "none";
  /** The error behind a `failed` end; `null` otherwise. */
  readonly problem: CallErrorCode | null;
}

/** Whether a person said that the codes match; `null` where they have not said. Both `true` makes the call verified. */
export interface Verification {
  readonly local: boolean | null;
  /** As the other side's kit tells it: worth as much as the channel it came through, which the code itself protects. */
  readonly remote: boolean | null;
}

/** What is done about a lost path. */
export interface Reconnection {
  /** When the path was lost. Milliseconds since the epoch. */
  readonly since: number;
  /** When the call ends if it does not come back. Milliseconds since the epoch. */
  readonly until: number;
  /** How often a new path was asked for. */
  readonly attempts: number;
  /** `wait`: it may heal by itself; `ask`: the other side was asked for a new path; `check`: new ways are being tried. */
  readonly trying: "wait" | "ask" | "check";
}

/** How good a call is, and what this side sends because of it. */
export interface CallQuality extends QualityReport {
  /** What of the own picture is sent: `720p30`, `540p30`, `360p24`, `270p15`, `180p10`, or `audio-only`. */
  readonly sending: string;
  /** Why it is not the best; `null` where it is, or where there is no picture. */
  readonly reason: "network" | "data-saver" | null;
}

/** What a person can do now. An action that is impossible in this state is not in `CallSnapshot.actions`. */
export type CallAction =
  | "accept"
  | "decline"
  | "ignore"
  | "hang-up"
  | "toggle-microphone"
  | "toggle-camera"
  | "flip-camera"
  | "toggle-screen"
  | "hide-address"
  | "hold"
  | "resume"
  | "check-code"
  | "call-back";

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
  readonly voice: VoiceSwitches;
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
