import type { CallEvent } from "../../call/events.ts";
import type { CallIntent } from "../../call/intents.ts";
import { idleModel } from "../../call/state/model.ts";
import type { CallSettings } from "../../call/state/settings.ts";
import type { SignalCandidate } from "../../signalling/messages.ts";
import type { Agreed } from "../foreign/kit-handshake.ts";
import type { CheckPeer, ForeignEffect, KitSession } from "../foreign/kit-rules.ts";
import { noGrowth } from "../foreign/remote-growth.ts";
import type { RemoteGrowth } from "../foreign/remote-growth.ts";
import { sessionSteps } from "../foreign/session-step.ts";
import type { SessionStep as StepOf } from "../foreign/session-step.ts";
import type { ChannelId, ChannelMessage } from "./channels.ts";
import type { DeltachatCommand } from "./commands.ts";

/** What the other side is, told by its description. Another kit gets the kit's own frames, keys and data channel. */
export type Peer = "unknown" | "deltachat" | "kit";

/** Everything that is known of one call. Plain and immutable. */
export interface DeltachatSession extends KitSession {
  readonly peer: Peer;
  /** What the page's address allows of the picture. */
  readonly video: "from-the-start" | "later" | "never";
  /** The callee's: the offer that rings, kept until a person accepts. */
  readonly offer: string | null;
  /** Whether a relay is among the host's servers: then a description waits for its candidate. */
  readonly hasRelay: boolean;
  /** This side's description, made and not handed over. */
  readonly ready: string | null;
  readonly isOut: boolean;
  /** Candidates of this side that have not left. */
  readonly found: readonly SignalCandidate[];
  /** Whether the wait for candidates is over. */
  readonly isGathered: boolean;
  readonly openChannels: readonly ChannelId[];
  /** What was last told on `mutedState`. */
  readonly told: string;
  /** Whether the other side tells of its devices: an older one does not, and is judged by what arrives. */
  readonly isTold: boolean;
  readonly growth: RemoteGrowth;
  readonly polls: number;
  /** Offers of a new path without an answer. Answers have no number: they come in the order of their offers. */
  readonly unanswered: number;
  /** Whether the camera comes on again when the screen is no longer shared. */
  readonly cameraWaits: boolean;
}

/** Everything that can happen to a session. */
export type SessionEvent =
  | { readonly type: "command"; readonly command: DeltachatCommand }
  | { readonly type: "servers-known"; readonly hasRelay: boolean }
  /** This side's description is made; for an answer the other side is known now. */
  | { readonly type: "described"; readonly sdp: string; readonly peer: Peer }
  /** The other side's answer is applied. `null`: it is no kit. */
  | { readonly type: "answered"; readonly agreed: Agreed | null }
  | { readonly type: "tick"; readonly name: string }
  /** What was received on each track so far, in bytes. */
  | { readonly type: "polled"; readonly bytes: readonly (number | null)[] }
  | { readonly type: "channel-opened"; readonly id: ChannelId }
  | { readonly type: "channel-received"; readonly message: ChannelMessage }
  | CallIntent
  | CallEvent;

/** All that the page tells its host. */
export type HostCall =
  | { readonly name: "startCall" | "acceptCall"; readonly sdp: string }
  | { readonly name: "endCall" };

/** What the protocol brings about itself. */
export type OwnEffect =
  | { readonly type: "tell-host"; readonly call: HostCall }
  /** Get ready for an answer, without contacting anybody. */
  | { readonly type: "warm-up"; readonly offer: string }
  | { readonly type: "make-offer" }
  | { readonly type: "make-answer"; readonly offer: string }
  | { readonly type: "take-answer"; readonly answer: string }
  | { readonly type: "send-on-channel"; readonly message: ChannelMessage }
  | { readonly type: "poll" }
  | CheckPeer;

/** Everything that a session can bring about. The waits are `gather` and `poll`. */
export type SessionEffect =
  | OwnEffect
  | ForeignEffect
  | { readonly type: "start-tick"; readonly name: string; readonly milliseconds: number };

export type SessionStep = StepOf<DeltachatSession, SessionEffect>;
export const { next, after } = sessionSteps<DeltachatSession, SessionEffect>();

/** A session in which nothing has happened. */
export function newSession(
  video: DeltachatSession["video"],
  settings: CallSettings,
): DeltachatSession {
  const call = idleModel(settings);
  return {
    call: {
      ...call,
      identity: { ...call.identity, encryption: "transport" },
      reconnection: { ...call.reconnection, canRestart: false },
    },
    video,
    peer: "unknown",
    offer: null,
    hasRelay: false,
    ready: null,
    isOut: false,
    found: [],
    isGathered: false,
    openChannels: [],
    told: "",
    isTold: false,
    growth: noGrowth,
    polls: 0,
    unanswered: 0,
    cameraWaits: false,
    confirm: null,
    earlyMedia: null,
  };
}
