import type { CallEffect, CallEvent } from "../../call/events.ts";
import { idleModel } from "../../call/state/model.ts";
import type { CallModel } from "../../call/state/model.ts";
import { noReconnection } from "../../call/state/reconnection.ts";
import type { CallSettings } from "../../call/state/settings.ts";
import type { ConfirmShare } from "../../crypto/agreement/key-agreement.ts";
import type { ConnectionStates } from "../../media/connection/connection.ts";
import type { SelectedPair } from "../../media/connection/selected-pair.ts";
import type { ControlMessage } from "../../signalling/control.ts";
import type { MediaSource, SimplexCandidate, SimplexCommand, SimplexResponse } from "./messages.ts";
import { noGrowth } from "../foreign/remote-growth.ts";
import { sessionSteps } from "../foreign/session-step.ts";
import type { SessionStep as StepOf } from "../foreign/session-step.ts";
import type { RemoteGrowth } from "../foreign/remote-growth.ts";

/*
 * One call between two SimpleX apps, as their call pages see it. The caller is told `capabilities` and later `offer`; the callee is
 * told `start`, makes the offer, and is later told `answer`.
 *
 *   caller   capturing → invited → describing → negotiated
 *   callee               describing → described → answering → negotiated
 */
export type Stage =
  "capturing" | "invited" | "describing" | "described" | "answering" | "negotiated";

/** What the other side is: told by its description. Another kit gets the kit's own frames, keys and data channel. */
export type Peer = "unknown" | "simplex" | "kit";

/** What a description of the other side tells of it. */
export interface PeerFacts {
  readonly peer: Exclude<Peer, "unknown">;
  /** Whether it is a version that knows no more than two media sections. */
  readonly isOld: boolean;
  /** Whether it sends a picture now. */
  readonly sendsPicture: boolean;
}

/** A command that waits for its reply: a number that the host's door gave it. */
export type CommandId = number;

/** A switch that waits for its device. */
export interface PendingSwitch {
  readonly id: CommandId;
  readonly name: "media" | "camera";
  readonly device: "microphone" | "camera" | "screen";
  readonly on: boolean;
}

/** What the app knows of the connection. */
export interface ConnectionReport {
  /** The transport's states when they last changed; `null` before. */
  readonly states: ConnectionStates | null;
  /** The last `connectionState` that was told. Every connection begins as `new`, which nobody needs to be told. */
  readonly told: string;
  /** Whether the connection has had its time to connect: `failed` is told from then on. */
  readonly isOverdue: boolean;
}

export const nothingReported: ConnectionReport = { states: null, told: "new", isOverdue: false };

/** What a page can, and what its host allows. */
export interface SimplexSettings {
  /** Whether this engine hands over its frames. */
  readonly canEncrypt: boolean;
  /** Whether calls without a key are refused. */
  readonly requireKey: boolean;
}

/** Everything that is known of one call. Plain and immutable. */
export interface SimplexSession {
  readonly call: CallModel;
  readonly settings: SimplexSettings;
  readonly role: "caller" | "callee";
  readonly stage: Stage;
  readonly peer: Peer;
  readonly isOldPeer: boolean;
  readonly peerSendsPicture: boolean;
  /** The command that is under way: `capabilities`, `start`, `offer` or `answer`. */
  readonly pending: CommandId | null;
  readonly switches: readonly PendingSwitch[];
  /** The description of this side, made and waiting for its candidates and, on the callee's side, for its microphone. */
  readonly ready: string | null;
  /** Whether the wait for the first candidates, and for the devices, is over. */
  readonly waits: { readonly candidates: boolean; readonly devices: boolean };
  /** Whether this side's description has left: from then on candidates leave on their own. */
  readonly isOut: boolean;
  /** Candidates of this side that have not left. */
  readonly found: readonly SimplexCandidate[];
  /** Batches that have left: each next one waits longer. */
  readonly batches: number;
  /** Candidates of the other side that came before there was a description of this one. */
  readonly early: readonly SimplexCandidate[];
  /** What another kit told of its devices before it was known to be one. */
  readonly earlyMedia: Extract<ControlMessage, { type: "media" }> | null;
  /** The callee's proof of its keys, for a data channel that is not open yet. */
  readonly confirm: ConfirmShare | null;
  readonly growth: RemoteGrowth;
  readonly report: ConnectionReport;
  /** Whether the app understands that a lost path may come back: it is told, and waits as long as the other side's page. */
  readonly reconnects: boolean;
  /** How often the received bytes were looked at. */
  readonly polls: number;
}

/** The waits of a session, besides those of a call. */
export type SessionTimer = "candidates" | "devices" | "batch" | "unconnected" | "report" | "poll";

/** Everything that can happen to a session. */
export type SessionEvent =
  | { readonly type: "command"; readonly id: CommandId; readonly command: SimplexCommand }
  /** This side's offer or answer is made; for an answer the other side is known now. */
  | { readonly type: "described"; readonly sdp: string; readonly facts: PeerFacts | null }
  /** The other side's answer is applied. */
  | {
      readonly type: "answered";
      readonly facts: PeerFacts;
      readonly confirm: ConfirmShare | null;
      readonly code: readonly number[] | null;
    }
  /** The description of the command that is under way was refused. */
  | { readonly type: "refused"; readonly reason: string; readonly isFatal: boolean }
  | { readonly type: "tick"; readonly name: SessionTimer }
  | { readonly type: "states-changed"; readonly states: ConnectionStates }
  | { readonly type: "pair-read"; readonly pair: SelectedPair | null }
  /** What was received on each of the four tracks so far, in bytes. `isEarly`: between the polls that count as time. */
  | {
      readonly type: "polled";
      readonly bytes: readonly (number | null)[];
      readonly isEarly: boolean;
    }
  | CallEvent;

type OfferCommand = Extract<SimplexCommand, { type: "offer" }>;
type StartCommand = Extract<SimplexCommand, { type: "start" }>;

/** Everything that a session can bring about. */
export type SessionEffect =
  | { readonly type: "reply"; readonly id: CommandId; readonly resp: SimplexResponse }
  /** `command`: the made-up one of their page's exception, where it switches the camera off by itself. */
  | { readonly type: "tell"; readonly resp: SimplexResponse; readonly command?: SimplexCommand }
  | { readonly type: "warm-up" }
  | { readonly type: "make-offer"; readonly command: StartCommand }
  | { readonly type: "make-answer"; readonly command: OfferCommand }
  | {
      readonly type: "take-answer";
      readonly sdp: string;
      readonly candidates: readonly SimplexCandidate[];
    }
  | { readonly type: "check-peer"; readonly confirm: ConfirmShare }
  /** Take the microphone off the wire, or put it back: for a side that is told of a mute by nothing else. */
  | { readonly type: "place-microphone"; readonly on: boolean }
  | { readonly type: "tell-states" }
  | { readonly type: "read-pair" }
  | { readonly type: "poll"; readonly isEarly: boolean }
  | { readonly type: "start-tick"; readonly name: SessionTimer; readonly milliseconds: number }
  | { readonly type: "stop-tick"; readonly name: SessionTimer }
  | Exclude<
      CallEffect,
      {
        type:
          "send" | "prepare-offer" | "prepare-answer" | "answer" | "apply-answer" | "check-confirm";
      }
    >;

export type SessionStep = StepOf<SimplexSession, SessionEffect>;
export const { next, after } = sessionSteps<SimplexSession, SessionEffect>();

/** A session in which nothing has happened, unless candidates of the other side have overtaken the command that begins it. */
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

/** How many candidates may wait for a connection. */
export const maxEarly = 256;

/** An error as their page words it: the command, and the reason. */
export function refusal(command: SimplexCommand["type"], reason: string): SimplexResponse {
  return { type: "error", message: `${command}: ${reason}` };
}

/** What a source is called among the devices of a call. Sound of a screen comes and goes with its picture. */
export const deviceOf: Record<MediaSource, "microphone" | "camera" | "screen" | null> = {
  mic: "microphone",
  camera: "camera",
  screenVideo: "screen",
  screenAudio: null,
};
