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

/** Kind of the other side, from its description. Another kit gets the kit's own frames, keys and data channel. */
export type Peer = "unknown" | "deltachat" | "kit";

/** State of one call. Immutable. */
export interface DeltachatSession extends KitSession {
  readonly peer: Peer;
  /** Camera use that the page's URL allows. */
  readonly video: "from-the-start" | "later" | "never";
  /** Callee: the ringing offer, kept until a person accepts. */
  readonly offer: string | null;
  /** `true` with a relay among the host's servers: a description then waits for its candidate. */
  readonly hasRelay: boolean;
  /** This side's created description before it is passed to the host. */
  readonly ready: string | null;
  readonly isOut: boolean;
  /** Candidates of this side that were not sent. */
  readonly found: readonly SignalCandidate[];
  /** `true` once the wait for candidates is over. */
  readonly isGathered: boolean;
  readonly openChannels: readonly ChannelId[];
  /** Last message on `mutedState`. */
  readonly told: string;
  /** `true` where the other side reports its devices. For an older one they are detected by received media. */
  readonly isTold: boolean;
  readonly growth: RemoteGrowth;
  readonly polls: number;
  /** Number of restart offers without an answer. Answers have no number, and arrive in the order of their offers. */
  readonly unanswered: number;
  /** `true` to turn the camera on again after the screen share. */
  readonly cameraWaits: boolean;
}

/** Every event of a session. */
export type SessionEvent =
  | { readonly type: "command"; readonly command: DeltachatCommand }
  | { readonly type: "servers-known"; readonly hasRelay: boolean }
  /** This side's description is created; for an answer the other side is known now. */
  | { readonly type: "described"; readonly sdp: string; readonly peer: Peer }
  /** The other side's answer is applied. `null`: no kit. */
  | { readonly type: "answered"; readonly agreed: Agreed | null }
  | { readonly type: "tick"; readonly name: string }
  /** Received bytes of each track. */
  | { readonly type: "polled"; readonly bytes: readonly (number | null)[] }
  | { readonly type: "channel-opened"; readonly id: ChannelId }
  | { readonly type: "channel-received"; readonly message: ChannelMessage }
  | CallIntent
  | CallEvent;

/** Every call of the page to its host. */
export type HostCall =
  | { readonly name: "startCall" | "acceptCall"; readonly sdp: string }
  | { readonly name: "endCall" };

/** Effects of the protocol itself. */
export type OwnEffect =
  | { readonly type: "tell-host"; readonly call: HostCall }
  /** Prepare an answer without contacting anybody. */
  | { readonly type: "warm-up"; readonly offer: string }
  | { readonly type: "make-offer" }
  | { readonly type: "make-answer"; readonly offer: string }
  | { readonly type: "take-answer"; readonly answer: string }
  | { readonly type: "send-on-channel"; readonly message: ChannelMessage }
  | { readonly type: "poll" }
  | CheckPeer;

/** Every effect of a session. Its timers are `gather` and `poll`. */
export type SessionEffect =
  | OwnEffect
  | ForeignEffect
  | { readonly type: "start-tick"; readonly name: string; readonly milliseconds: number };

export type SessionStep = StepOf<DeltachatSession, SessionEffect>;
export const { next, after } = sessionSteps<DeltachatSession, SessionEffect>();

/** Returns a session before its first event. */
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
