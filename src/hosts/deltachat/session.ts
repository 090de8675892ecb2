import type { CallEvent, CallIntent } from "../../call/events.ts";
import type { Step } from "../../call/rules/step.ts";
import { transition } from "../../call/rules/transition.ts";
import { idleModel, type CallSettings } from "../../call/state/model.ts";
import type { Agreed } from "../foreign/kit-handshake.ts";
import {
  nothingGathered,
  nothingOffered,
  type GatheringSession,
  offered,
  partPaths,
  type NewPathSession,
} from "../foreign/gathered-candidates.ts";
import {
  translateEffect,
  type CheckPeer,
  type ForeignEffect,
  sessionSteps,
  type SessionStep as StepOf,
} from "../foreign/kit-rules.ts";
import {
  type OnePictureSession,
  pollMilliseconds,
  type JudgedSession,
  noGrowth,
} from "../foreign/remote-media.ts";
import type { ChannelId, ChannelMessage, DeltachatCommand } from "./messages.ts";

/** Kind of the other side, from its description. Another kit gets the kit's own frames, keys and data channel. */
export type Peer = "unknown" | "deltachat" | "kit";

/** Everything that is known of one call. Plain and immutable. */
export interface DeltachatSession
  extends NewPathSession, GatheringSession, JudgedSession, OnePictureSession {
  readonly peer: Peer;
  /** The callee's: the offer that rings, kept until a person accepts. */
  readonly offer: string | null;
  readonly openChannels: readonly ChannelId[];
  /** Last message on `mutedState`. */
  readonly sentMuted: string;
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
  | { readonly type: "notify-host"; readonly call: HostCall }
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
    ...nothingGathered,
    openChannels: [],
    sentMuted: "",
    reports: false,
    growth: noGrowth,
    polls: 0,
    ...nothingOffered,
    cameraWaits: false,
    confirm: null,
    earlyMedia: null,
  };
}

/**
 * Applies a step of the call's rules. All changes to connected or ended pass here, so that the host is notified of an end
 * exactly once.
 */
export function carry(session: DeltachatSession, [call, effects]: Step): SessionStep {
  const has = (state: typeof call.state) => call.state === state && session.call.state !== state;
  // Another kit's control channel takes descriptions of `sx-call/1` alone: its new paths go the same way as everybody's.
  const [ownPaths, others] = partPaths(effects);
  const paths = session.peer === "unknown" ? [] : ownPaths;
  const isOffered = paths.some(({ type }) => type === "offer");
  const more: SessionEffect[] = paths.map((message) => ({
    ...{ type: "send-on-channel", message: { id: 5, ...message } },
  }));
  if (has("connected") && session.call.times.connectedAt === null)
    more.push({ type: "start-tick", name: "poll", milliseconds: pollMilliseconds });
  if (has("ended") && mustReport(call))
    more.push({ type: "notify-host", call: { name: "endCall" } });
  return next(
    { ...session, call, ...(isOffered && offered(session)) },
    ...others.flatMap((effect) => translateEffect(session.peer, effect)),
    ...more,
  );
}

/** Delegates an event to the rules of a call. */
export function delegate(session: DeltachatSession, event: CallEvent, now: number): SessionStep {
  return carry(session, transition(session.call, event, now));
}

/**
 * Returns `true` for an end that must be reported to the host. It knows the other side's actions and its own time limit, and an
 * ignored call continues to ring on other devices.
 */
function mustReport({ identity, ending }: DeltachatSession["call"]): boolean {
  const isMissed = identity.direction === "incoming" && ending?.reason === "unanswered";
  return ending?.by !== "remote" && !isMissed;
}
