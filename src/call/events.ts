import type { CallErrorCode } from "../errors.ts";
import type { ControlMessage } from "../signalling/control.ts";
import type { SignalBody, SignalCandidate, SignalMessage } from "../signalling/messages.ts";
import type { Measurement } from "./state/protection.ts";
import type {
  CallMedia,
  DeviceKind,
  DeviceName,
  EndReason,
  PathState,
  TimerName,
  TrackIndex,
} from "./terms.ts";
import type { ServerFailure } from "./state/path.ts";
import type { Sense, DeviceList, DeviceStatus, VoiceProcessing } from "./state/devices.ts";
import type { SenderLimits } from "./state/adaptation.ts";
import type { QualitySample } from "./state/quality.ts";
import type { ReplacedCall, ResumedCall } from "./state/identity.ts";
import type { KeyProof, Verification } from "./state/keys.ts";

type BodyOf<T extends SignalBody["type"]> = Extract<SignalBody, { type: T }>;

/** Every event of a call. */
export type CallEvent =
  | Exclude<CallIntent, { type: "accept" }>
  // Fields that the controller adds to a person's intent.
  | {
      readonly type: "start";
      readonly callId: string;
      readonly media: CallMedia;
      readonly resumed?: ResumedCall;
      /** The ringing call that this one replaces. */
      readonly replaces?: ReplacedCall;
    }
  | { readonly type: "accept"; readonly media: CallMedia; readonly resumed?: ResumedCall }
  /** Another call replaces this one, which is no longer used here. */
  | { readonly type: "withdraw" }
  /** A check of the clock, by which the device has slept for so long since the last one: 0 or more milliseconds. */
  | { readonly type: "slept"; readonly milliseconds: number }
  /** The page goes, and the call with it: the other side is notified, also that the page may come back where it can. */
  | { readonly type: "leave"; readonly canResume: boolean }
  /** The page has not gone after all. */
  | { readonly type: "stay" }
  /** Another device of the same person answered or declined the call: the ringing stops here. */
  | { readonly type: "elsewhere"; readonly reason: "answered-elsewhere" | "declined" }
  // Messages of the other side: validated, in any order, possibly repeated.
  | { readonly type: "signal"; readonly message: SignalMessage }
  | { readonly type: "control"; readonly message: ControlMessage }
  // Results of effects.
  | {
      readonly type: "offer-ready";
      readonly offer: string;
      readonly keys: BodyOf<"invite">["keys"];
      readonly commitment: string;
    }
  | {
      readonly type: "answer-ready";
      readonly body: Omit<BodyOf<"accept">, "type" | "media">;
      readonly media: CallMedia;
    }
  /** Caller: the callee's MAC is valid, and the worker has the keys. The answer is applied next. */
  | {
      readonly type: "answer-verified";
      readonly nonce: string;
      readonly mac: string;
      readonly securityCode: readonly number[];
      /** Verification of the resumed call, where the code is the same. */
      readonly verification?: Verification;
    }
  /** Callee: the caller's commitment and MAC are valid. */
  | {
      readonly type: "confirmed";
      readonly securityCode: readonly number[];
      /** As in `answer-verified`. */
      readonly verification?: Verification;
    }
  | {
      readonly type: "candidates-found";
      readonly candidates: readonly SignalCandidate[];
      readonly end: boolean;
    }
  /** A STUN or TURN server failed. */
  | { readonly type: "server-failed"; readonly failure: ServerFailure }
  | { readonly type: "path-changed"; readonly path: PathState }
  | { readonly type: "control-opened" }
  /** The network of this device changed or came back. */
  | { readonly type: "network-changed" }
  /** The page is seen again, or the system has ended an interruption of its sound. */
  | { readonly type: "seen" }
  /** This side's restart offer, or its answer to the other side's, is ready. */
  | { readonly type: "restart-ready"; readonly message: BodyOf<"restart" | "restart-answer"> }
  | { readonly type: "restart-failed"; readonly code: CallErrorCode }
  | {
      readonly type: "device-changed";
      readonly device: DeviceName;
      readonly status: DeviceStatus;
      readonly facing: "user" | "environment" | null;
    }
  /** Available devices, devices in use, and voice processing. */
  | {
      readonly type: "devices-listed";
      readonly devices: DeviceList;
      readonly voice: VoiceProcessing;
    }
  /** Selecting a device or changing voice processing failed; the previous state remains. */
  | { readonly type: "choice-failed"; readonly code: CallErrorCode }
  /** A measurement of an own device. */
  | { readonly type: "sensed"; readonly sense: Sense }
  /** Frames can be taken over, there where they are sealed and opened. */
  | { readonly type: "cipher-started"; readonly sealedIn: "worker" | "page" }
  /** The first frame of a track was decrypted. */
  | { readonly type: "frame-opened"; readonly track: TrackIndex }
  | { readonly type: "measured"; readonly measurement: Measurement }
  | { readonly type: "quality-sampled"; readonly sample: QualitySample }
  | { readonly type: "timer"; readonly name: TimerName }
  | { readonly type: "failed"; readonly code: CallErrorCode };

/** Every effect of a call: data, executed by the controller. */
export type CallEffect =
  /** Sends a message in its envelope by the host. `callId`: set for a call other than this one. */
  | {
      readonly type: "send";
      readonly seq: number;
      readonly body: SignalBody;
      readonly callId?: string;
    }
  | { readonly type: "send-control"; readonly message: ControlMessage }
  /** Creates the connection, the worker, the key shares and the offer. */
  | { readonly type: "prepare-offer"; readonly callId: string; readonly media: CallMedia }
  /** Creates the worker and the key shares, without contacting anybody. */
  | { readonly type: "prepare-answer"; readonly invite: Extract<SignalMessage, { type: "invite" }> }
  | {
      readonly type: "answer";
      readonly invite: Extract<SignalMessage, { type: "invite" }>;
      readonly media: CallMedia;
    }
  /** `sentAt` and `resumes`: from the invitation. */
  | {
      readonly type: "apply-answer";
      readonly accept: Extract<SignalMessage, { type: "accept" }>;
      readonly sentAt: number;
      readonly resumes: string | null;
    }
  | { readonly type: "check-confirm"; readonly confirm: KeyProof }
  | { readonly type: "add-candidates"; readonly candidates: readonly SignalCandidate[] }
  /** Starts an ICE restart (RFC 8445 section 9). */
  | { readonly type: "restart-path"; readonly attempt: number }
  | { readonly type: "answer-restart"; readonly attempt: number; readonly offer: string }
  | { readonly type: "apply-restart-answer"; readonly answer: string }
  /** Sets relay-only, before there is a connection. */
  | { readonly type: "hide-address"; readonly on: boolean }
  /** Sets the limits of all senders. */
  | { readonly type: "limit-senders"; readonly limits: SenderLimits }
  | { readonly type: "set-device"; readonly device: DeviceName; readonly on: boolean }
  /** Sends a still of the shared screen, or the screen again. */
  | { readonly type: "pause-screen"; readonly on: boolean }
  /** Asks a person what to share in place of the shared screen. */
  | { readonly type: "change-screen" }
  /** Opens a device again that the system has taken. `mayPrompt`: `true` where somebody looks at the page who may answer a prompt. */
  | { readonly type: "reopen-device"; readonly device: DeviceName; readonly mayPrompt: boolean }
  /** `facing`: desired direction. Omit to switch to the next camera. */
  | { readonly type: "flip-camera"; readonly facing?: "user" | "environment" }
  | { readonly type: "choose-device"; readonly device: DeviceKind; readonly id: string | null }
  | { readonly type: "set-voice"; readonly feature: keyof VoiceProcessing; readonly on: boolean }
  | { readonly type: "start-timer"; readonly name: TimerName; readonly milliseconds: number }
  | { readonly type: "stop-timer"; readonly name: TimerName }
  | { readonly type: "report"; readonly code: CallErrorCode }
  /** Ends the lifetime of the call: releases every track, timer, worker, listener and connection. */
  | { readonly type: "close"; readonly reason: EndReason | null };

/** Intents of a person for one call: the person's part of its events. */
export type CallIntent =
  | { readonly type: "accept"; readonly media: CallMedia }
  /** `text`: words for the caller. */
  | { readonly type: "decline"; readonly text?: string | undefined }
  | { readonly type: "ignore" }
  | { readonly type: "hang-up" }
  | { readonly type: "set-device"; readonly device: DeviceName; readonly on: boolean }
  | { readonly type: "flip-camera" }
  /** Pauses the shared screen, or goes on. */
  | { readonly type: "pause-screen"; readonly on: boolean }
  /** Shares something else in place of the shared screen. */
  | { readonly type: "change-screen" }
  /**
   * `id`: an id in `CallSnapshot.devices`. For a speaker, `""` selects the system's default output, and `null` lets the person choose in a
   * window of the browser.
   */
  | { readonly type: "choose-device"; readonly device: DeviceKind; readonly id: string | null }
  | { readonly type: "set-voice"; readonly feature: keyof VoiceProcessing; readonly on: boolean }
  /** The person compared the security code. */
  | { readonly type: "check-code"; readonly match: boolean }
  /** Stops sending and playing media until `resume`. */
  | { readonly type: "hold" }
  | { readonly type: "resume" }
  /** Hides this device's address. Before accepting, or while ringing on the other side, which starts a new call. */
  | { readonly type: "hide-address"; readonly on: boolean };

/** Intents of a person or the host for all calls. */
export type CallsIntent =
  /** `to`: id of the callee. Only an invitation of the same contact counts as glare. */
  | { readonly type: "start"; readonly media: CallMedia; readonly to?: string }
  /** Resumes the call before a reload of the page, from its last snapshot. */
  | { readonly type: "resume-call"; readonly last: unknown; readonly to?: string }
  /** Notifies the other side that such a call is not resumed. `last`: as in `resume-call`. */
  | { readonly type: "leave-call"; readonly last: unknown }
  /** `active`: action on the call on screen. */
  | {
      readonly type: "accept-waiting";
      readonly callId: string;
      readonly media: CallMedia;
      readonly active: "end" | "hold";
    }
  | {
      readonly type: "decline-waiting";
      readonly callId: string;
      readonly text?: string | undefined;
    }
  | { readonly type: "ignore-waiting"; readonly callId: string }
  /** Resumes the held call, and holds the one on screen. */
  | { readonly type: "swap"; readonly callId: string }
  /** Another device of the same person answered or declined the call. */
  | { readonly type: "answered-elsewhere"; readonly callId: string }
  | { readonly type: "declined-elsewhere"; readonly callId: string };

/** Every intent of a person or the host. */
export type Intent = CallIntent | CallsIntent;
