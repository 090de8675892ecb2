import type { CallErrorCode } from "../errors.ts";
import type { ControlMessage } from "../signalling/control.ts";
import type { SignalBody, SignalCandidate, SignalMessage } from "../signalling/messages.ts";
import type { CallIntent } from "./intents.ts";
import type { Measurement } from "./state/measurement.ts";
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
import type { Sense } from "./state/sensing.ts";
import type { SenderLimits } from "./state/adaptation.ts";
import type { QualitySample } from "./state/quality.ts";
import type { ReplacedCall, ResumedCall } from "./state/identity.ts";
import type { KeyProof, Verification } from "./state/keys.ts";
import type { DeviceList, DeviceStatus, VoiceProcessing } from "./state/devices.ts";

type BodyOf<T extends SignalBody["type"]> = Extract<SignalBody, { type: T }>;

/** Everything that can happen to a call. */
export type CallEvent =
  | Exclude<CallIntent, { type: "accept" }>
  // What the controller adds to what a person asks for.
  | {
      readonly type: "start";
      readonly callId: string;
      readonly media: CallMedia;
      readonly resumed?: ResumedCall;
      /** The ringing call that this one dials anew. */
      readonly replaces?: ReplacedCall;
    }
  | { readonly type: "accept"; readonly media: CallMedia; readonly resumed?: ResumedCall }
  /** Another call takes the place of this one, of which nothing is heard here any more. */
  | { readonly type: "withdraw" }
  /** Another device of the same person has accepted or declined the call: it stops ringing here. */
  | { readonly type: "elsewhere"; readonly reason: "answered-elsewhere" | "declined" }
  // What the other side says: checked, but in any order and any number of times.
  | { readonly type: "signal"; readonly message: SignalMessage }
  | { readonly type: "control"; readonly message: ControlMessage }
  // What the effects report.
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
  /** The caller's: the answer is applied and the callee's mac was right. */
  | {
      readonly type: "answer-applied";
      readonly nonce: string;
      readonly mac: string;
      readonly securityCode: readonly number[];
      /** What each person said of the code, where it is that of the call that this one resumes. */
      readonly verification?: Verification;
    }
  /** The callee's: the caller's commitment and mac were right. */
  | {
      readonly type: "confirmed";
      readonly securityCode: readonly number[];
      /** As in `answer-applied`. */
      readonly verification?: Verification;
    }
  | {
      readonly type: "candidates-found";
      readonly candidates: readonly SignalCandidate[];
      readonly end: boolean;
    }
  /** A STUN or TURN server could not be used. */
  | { readonly type: "server-failed"; readonly failure: ServerFailure }
  | { readonly type: "path-changed"; readonly path: PathState }
  | { readonly type: "control-opened" }
  /** This device has another network, or has one again. */
  | { readonly type: "network-changed" }
  /** This side's offer of a new path is made, or its answer to the other side's. */
  | { readonly type: "restart-ready"; readonly message: BodyOf<"restart" | "restart-answer"> }
  | { readonly type: "restart-failed"; readonly code: CallErrorCode }
  | {
      readonly type: "device-changed";
      readonly device: DeviceName;
      readonly status: DeviceStatus;
      readonly facing: "user" | "environment" | null;
    }
  /** What devices there are, which are in use, and what is done to the voice. */
  | {
      readonly type: "devices-listed";
      readonly devices: DeviceList;
      readonly voice: VoiceProcessing;
    }
  /** Another device, or another voice, came to nothing: the call goes on with what it had. */
  | { readonly type: "choice-failed"; readonly code: CallErrorCode }
  /** A look at what an own device gives. */
  | { readonly type: "sensed"; readonly sense: Sense }
  /** The first frame of a track has been opened. */
  | { readonly type: "frame-opened"; readonly track: TrackIndex }
  | { readonly type: "measured"; readonly measurement: Measurement }
  | { readonly type: "quality-sampled"; readonly sample: QualitySample }
  | { readonly type: "timer"; readonly name: TimerName }
  | { readonly type: "failed"; readonly code: CallErrorCode };

/** Everything that a call can bring about: data, carried out by the controller. */
export type CallEffect =
  /** Put the envelope around it and hand it to the host. `callId`: where it is about another call than this one. */
  | {
      readonly type: "send";
      readonly seq: number;
      readonly body: SignalBody;
      readonly callId?: string;
    }
  | { readonly type: "send-control"; readonly message: ControlMessage }
  /** Make the connection, the worker, the key shares and the offer. */
  | { readonly type: "prepare-offer"; readonly callId: string; readonly media: CallMedia }
  /** Make the worker and the key shares, and nothing that contacts anybody. */
  | { readonly type: "prepare-answer"; readonly invite: Extract<SignalMessage, { type: "invite" }> }
  | {
      readonly type: "answer";
      readonly invite: Extract<SignalMessage, { type: "invite" }>;
      readonly media: CallMedia;
    }
  /** `sentAt` and `resumes`: as the invitation said them. */
  | {
      readonly type: "apply-answer";
      readonly accept: Extract<SignalMessage, { type: "accept" }>;
      readonly sentAt: number;
      readonly resumes: string | null;
    }
  | { readonly type: "check-confirm"; readonly confirm: KeyProof }
  | { readonly type: "add-candidates"; readonly candidates: readonly SignalCandidate[] }
  /** Look for a new path: an ICE restart (RFC 8445 section 9). */
  | { readonly type: "restart-path"; readonly attempt: number }
  | { readonly type: "answer-restart"; readonly attempt: number; readonly offer: string }
  | { readonly type: "apply-restart-answer"; readonly answer: string }
  /** Whether media may only go through a relay: before there is a connection. */
  | { readonly type: "hide-address"; readonly on: boolean }
  /** How much each sender may use. */
  | { readonly type: "limit-senders"; readonly limits: SenderLimits }
  | { readonly type: "set-device"; readonly device: DeviceName; readonly on: boolean }
  /** `facing`: which way it is to look; without it, the other way. */
  | { readonly type: "flip-camera"; readonly facing?: "user" | "environment" }
  | { readonly type: "choose-device"; readonly device: DeviceKind; readonly id: string }
  | { readonly type: "set-voice"; readonly feature: keyof VoiceProcessing; readonly on: boolean }
  | { readonly type: "start-timer"; readonly name: TimerName; readonly milliseconds: number }
  | { readonly type: "stop-timer"; readonly name: TimerName }
  | { readonly type: "report"; readonly code: CallErrorCode }
  /** End the call's lifetime: every track, timer, worker, listener and connection goes. */
  | { readonly type: "close"; readonly farewell: EndReason | null };
