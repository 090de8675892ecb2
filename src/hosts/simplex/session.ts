import type { CallEvent } from "../../call/events.ts";
import { type CallModel, idleModel, type CallSettings } from "../../call/state/model.ts";
import { noReconnection } from "../../call/state/path.ts";
import type { ConfirmShare } from "../../crypto/agreement/key-agreement.ts";
import type { ConnectionStates } from "../../media/connection/connection.ts";
import type { SelectedPair } from "../../media/connection/counts.ts";
import type { ControlMessage } from "../../signalling/control.ts";
import type { MediaSource, SimplexCandidate, SimplexCommand, SimplexResponse } from "./messages.ts";
import {
  type CheckPeer,
  type ForeignEffect,
  sessionSteps,
  type SessionStep as StepOf,
} from "../foreign/kit-rules.ts";
import { noGrowth, type RemoteGrowth } from "../foreign/remote-media.ts";

/*
 * One call between two SimpleX apps, as their call pages see it. The caller gets `capabilities` and later `offer`. The callee gets
 * `start`, creates the offer, and later gets `answer`.
 *
 *   caller   capturing → invited → describing → negotiated
 *   callee               describing → described → answering → negotiated
 */
export type Stage =
  | "capturing"
  | "invited"
  | "describing"
  | "described"
  | "answering"
  | "negotiated";

/** Kind of the other side, from its description. Another kit gets the kit's own frames, keys and data channel. */
export type Peer = "unknown" | "simplex" | "kit";

/** Properties of the other side from its description. */
export interface PeerTraits {
  readonly peer: Exclude<Peer, "unknown">;
  /** `true` for a version with at most two media sections. */
  readonly isOld: boolean;
  /** `true` while it sends video. */
  readonly sendsPicture: boolean;
}

/** Number of a command that waits for its reply. */
export type CommandId = number;

/** A request that waits for its device. */
export interface PendingSwitch {
  readonly id: CommandId;
  readonly name: "media" | "camera";
  readonly device: "microphone" | "camera" | "screen";
  readonly on: boolean;
}

/** Connection state known to the app. */
export interface ConnectionReport {
  /** The transport's states at their last change; `null` before. */
  readonly states: ConnectionStates | null;
  /** The last `connectionState` sent. The initial `new` is not sent. */
  readonly sent: string;
  /** `true` after the time limit to connect: `failed` is sent from then on. */
  readonly isOverdue: boolean;
}

export const nothingReported: ConnectionReport = { states: null, sent: "new", isOverdue: false };

/** Capabilities of a page, and settings of its host. */
export interface SimplexSettings {
  /** `true` where this engine provides encoded frames. */
  readonly canEncrypt: boolean;
  /** `true` to refuse calls without a key. */
  readonly requireKey: boolean;
}

/** State of one call. Immutable. */
export interface SimplexSession {
  readonly call: CallModel;
  readonly settings: SimplexSettings;
  readonly role: "caller" | "callee";
  readonly stage: Stage;
  readonly peer: Peer;
  readonly isOldPeer: boolean;
  readonly peerSendsPicture: boolean;
  /** The command in progress: `capabilities`, `start`, `offer` or `answer`. */
  readonly pending: CommandId | null;
  readonly switches: readonly PendingSwitch[];
  /** This side's description, which waits for candidates and, for the callee, for its microphone. */
  readonly ready: string | null;
  /** `true` where the wait for the first candidates, or for the devices, is over. */
  readonly waits: { readonly candidates: boolean; readonly devices: boolean };
  /** `true` once this side's description was sent: candidates are then sent separately. */
  readonly isOut: boolean;
  /** Candidates of this side that were not sent. */
  readonly found: readonly SimplexCandidate[];
  /** Number of sent batches, which increases the delay. */
  readonly batches: number;
  /** Candidates of the other side that arrived before this side's description. */
  readonly early: readonly SimplexCandidate[];
  /** Device state that another kit sent before it was identified. */
  readonly earlyMedia: Extract<ControlMessage, { type: "media" }> | null;
  /** The callee's key proof, for a data channel that is not open yet. */
  readonly confirm: ConfirmShare | null;
  readonly growth: RemoteGrowth;
  readonly report: ConnectionReport;
  /** `true` where the app supports reconnection: it is notified, and the call waits as long as the other side's page. */
  readonly reconnects: boolean;
  /** Number of readings of the received bytes. */
  readonly polls: number;
}

/** Timers of a session, besides those of a call. */
export type SessionTimer = "candidates" | "devices" | "batch" | "unconnected" | "report" | "poll";

/** Every event of a session. */
export type SessionEvent =
  | { readonly type: "command"; readonly id: CommandId; readonly command: SimplexCommand }
  /** This side's description is created; for an answer the other side is known now. */
  | { readonly type: "described"; readonly sdp: string; readonly traits: PeerTraits | null }
  /** The other side's answer is applied. */
  | {
      readonly type: "answered";
      readonly traits: PeerTraits;
      readonly confirm: ConfirmShare | null;
      readonly code: readonly number[] | null;
    }
  /** The description in the command in progress was refused. */
  | { readonly type: "refused"; readonly reason: string; readonly isFatal: boolean }
  | { readonly type: "tick"; readonly name: SessionTimer }
  | { readonly type: "states-changed"; readonly states: ConnectionStates }
  | { readonly type: "pair-read"; readonly pair: SelectedPair | null }
  /** Received bytes of the four tracks. `isEarly`: a reading outside the regular polls. */
  | {
      readonly type: "polled";
      readonly bytes: readonly (number | null)[];
      readonly isEarly: boolean;
    }
  | CallEvent;

type OfferCommand = Extract<SimplexCommand, { type: "offer" }>;
type StartCommand = Extract<SimplexCommand, { type: "start" }>;

/** Every effect of a session. */
export type SessionEffect =
  | { readonly type: "reply"; readonly id: CommandId; readonly resp: SimplexResponse }
  /** `command`: the synthetic command of SimpleX's page when it turns the camera off by itself. */
  | { readonly type: "tell"; readonly resp: SimplexResponse; readonly command?: SimplexCommand }
  | { readonly type: "warm-up" }
  | { readonly type: "make-offer"; readonly command: StartCommand }
  | { readonly type: "make-answer"; readonly command: OfferCommand }
  | {
      readonly type: "take-answer";
      readonly sdp: string;
      readonly candidates: readonly SimplexCandidate[];
    }
  | CheckPeer
  /** Removes the microphone from the connection, or restores it, for a side that detects muting by silence. */
  | { readonly type: "place-microphone"; readonly on: boolean }
  | { readonly type: "tell-states" }
  | { readonly type: "read-pair" }
  | { readonly type: "poll"; readonly isEarly: boolean }
  | { readonly type: "start-tick"; readonly name: SessionTimer; readonly milliseconds: number }
  | { readonly type: "stop-tick"; readonly name: SessionTimer }
  | ForeignEffect;

export type SessionStep = StepOf<SimplexSession, SessionEffect>;
export const { next, after } = sessionSteps<SimplexSession, SessionEffect>();

/** Returns a session before its first event, except candidates that overtook its first command. */
export function newSession(
  settings: SimplexSettings,
  callSettings: CallSettings,
  role: "caller" | "callee",
  early: readonly SimplexCandidate[] = [],
): SimplexSession {
  return {
    call: { ...idleModel(callSettings), reconnection: { ...noReconnection, canRestart: false } },
    settings,
    role,
    stage: role === "caller" ? "capturing" : "describing",
    peer: "unknown",
    isOldPeer: false,
    peerSendsPicture: false,
    pending: null,
    switches: [],
    ready: null,
    waits: { candidates: false, devices: false },
    isOut: false,
    found: [],
    batches: 0,
    early,
    earlyMedia: null,
    confirm: null,
    growth: noGrowth,
    report: nothingReported,
    reconnects: false,
    polls: 0,
  };
}

export const ok: SimplexResponse = { type: "ok" };

/** Maximum number of candidates that wait for a connection. */
export const maxEarly = 256;

/** Returns an error in the wording of SimpleX's page: command and reason. */
export function refusal(command: SimplexCommand["type"], reason: string): SimplexResponse {
  return { type: "error", message: `${command}: ${reason}` };
}

/** Device of each source. Audio of a screen follows its video. */
export const deviceOf: Record<MediaSource, "microphone" | "camera" | "screen" | null> = {
  mic: "microphone",
  camera: "camera",
  screenVideo: "screen",
  screenAudio: null,
};
