import { fail } from "../../call/rules/ending.ts";
import type { Step } from "../../call/rules/step.ts";
import type { CallModel, RestartPace } from "../../call/state/model.ts";
import { withFound } from "../../call/rules/connection.ts";
import type { SignalCandidate } from "../../signalling/messages.ts";
import { sessionSteps, type SessionStep, type KitSession } from "./kit-rules.ts";
import type { CallEffect } from "../../call/events.ts";
import { transition } from "../../call/rules/transition.ts";
import type { ControlMessage } from "../../signalling/control.ts";

/* For protocols whose descriptions contain candidates (RFC 8839 section 5.1): waiting for them, writing and reading them. */

/** Maximum number of candidates of one description, and characters of one. */
const maxCandidates = 128;
const maxLength = 512;
/** Milliseconds to wait for more candidates after the first reflexive or relayed one. */
const reflexiveMilliseconds = 150;
/** Milliseconds to wait for a relay that does not answer. */
const relayMilliseconds = 5000;

/**
 * Returns the milliseconds to wait for further candidates: 0 to send now, `null` without a change.
 *
 * @param found the new candidates.
 * @param end `true` after the last candidate.
 * @param hasRelay `true` with a relay among the servers, whose candidate is awaited.
 */
export function gatheringWait(
  found: readonly SignalCandidate[],
  end: boolean,
  hasRelay: boolean,
): number | null {
  const has = (type: string) => found.some(({ candidate }) => candidate.includes(` typ ${type}`));
  if (end || has("relay")) return 0;
  return has("srflx") && !hasRelay ? reflexiveMilliseconds : null;
}

/** Writes candidates into the media sections that they name. */
export function withCandidates(sdp: string, candidates: readonly SignalCandidate[]): string {
  return sdp
    .split(/^(?=m=)/m)
    .map((section, at) => {
      const lines = candidates
        .filter(({ candidate, sdpMid, sdpMLineIndex }) => {
          const isHere = sdpMid === null ? sdpMLineIndex === at - 1 : sdpMid === midOf(section);
          return isHere && candidate !== "";
        })
        .map(({ candidate }) => `a=${candidate}\r\n`);
      return at === 0 ? section : section + lines.join("");
    })
    .join("");
}

/** Returns the candidates in a description. Lines that are not printable or too long are ignored. */
export function candidatesOf(sdp: string): RTCIceCandidateInit[] {
  const [session = "", ...sections] = sdp.split(/^(?=m=)/m);
  return sections
    .flatMap((section, sdpMLineIndex) => {
      const usernameFragment = fragmentOf(section) ?? fragmentOf(session);
      return [...section.matchAll(/^a=(candidate:[^\r\n]+)/gm)].map(([, candidate = ""]) => ({
        ...{ candidate, sdpMid: midOf(section), sdpMLineIndex, usernameFragment },
      }));
    })
    .filter(({ candidate }) => candidate.length <= maxLength)
    .slice(0, maxCandidates);
}

const midOf = (section: string) => /^a=mid:([^\r\n]+)/m.exec(section)?.[1] ?? null;
const fragmentOf = (part: string) => /^a=ice-ufrag:([^\r\n]+)/m.exec(part)?.[1] ?? null;

/** State of this side's description and of the candidates inside it. */
export interface GatheringSession {
  readonly call: CallModel;
  /** `true` if the host has named a relay: a description then waits for its candidate. */
  readonly hasRelay: boolean;
  /** This side's description, made and not handed over. */
  readonly ready: string | null;
  readonly isOut: boolean;
  /** Candidates of this side that have not left. */
  readonly found: readonly SignalCandidate[];
  /** `true` once the wait for candidates is over. */
  readonly isGathered: boolean;
}

export const nothingGathered: Omit<GatheringSession, "call"> = {
  ...{ hasRelay: false, ready: null, isOut: false, found: [], isGathered: false },
};

/** Check again whether a description may leave. */
export interface GatherTick {
  readonly type: "start-tick";
  readonly name: "gather";
  readonly milliseconds: number;
}

/**
 * The rules of a description that leaves once, with its candidates inside; later ones leave on their own.
 *
 * @param protocol `carry` applies a step of the call's rules. `leave` passes a description to the app. `trickle` sends later
 *   candidates; `null` where the channel is not open yet.
 */
export function gatheringRules<Session extends GatheringSession, Effect>(protocol: {
  carry(session: Session, step: Step): SessionStep<Session, Effect | GatherTick>;
  leave(session: Session, sdp: string): readonly Effect[];
  trickle(session: Session, candidates: readonly SignalCandidate[]): readonly Effect[] | null;
}) {
  const { next, after } = sessionSteps<Session, Effect | GatherTick>();
  const wait = (milliseconds: number): GatherTick => ({
    ...{ type: "start-tick", name: "gather", milliseconds },
  });

  /** This side's description is made, and in the session. */
  function described(session: Session, now: number) {
    return after(leaveWhenReady(session, now), (left) =>
      left.isOut || !left.hasRelay ? next(left) : next(left, wait(relayMilliseconds)),
    );
  }

  /** Candidates of this side. */
  function found(
    session: Session,
    { candidates, end }: { readonly candidates: readonly SignalCandidate[]; readonly end: boolean },
    now: number,
  ) {
    const call = { ...session.call, path: withFound(session.call.path, candidates) };
    const all = { ...session, call, found: [...session.found, ...candidates] };
    if (session.isOut) {
      const messages = protocol.trickle(session, candidates);
      return messages === null ? next(all) : next({ ...session, call }, ...messages);
    }
    const left = gatheringWait(candidates, end, session.hasRelay);
    const gathered = { ...all, isGathered: session.isGathered || left === 0 };
    const waited = left ? next(gathered, wait(left)) : next(gathered);
    return after(waited, (one) => leaveWhenReady(one, now));
  }

  /** The wait is over. */
  function waited(session: Session, now: number) {
    return leaveWhenReady({ ...session, isGathered: true }, now);
  }

  /**
   * Hands the description over once nothing is waited for any more. Nobody's phone rings for a call in which the caller could not
   * speak, or which nobody could reach.
   */
  function leaveWhenReady(session: Session, now: number) {
    const { call, ready, found: candidates } = session;
    if (ready === null || session.isOut || !session.isGathered) return next(session);
    if (call.settings.relayOnly && candidates.length === 0)
      return protocol.carry(session, fail(call, "connection-failed", now));
    const { local, wanted } = call.devices;
    const isSilent = wanted.microphone && local.microphone.state !== "on";
    if (call.identity.direction === "outgoing" && isSilent) return next(session);
    const exchange = { ...call.exchange, isInviteSent: true };
    const out = { ...session, call: { ...call, exchange }, ready: null, isOut: true, found: [] };
    return next(out, ...protocol.leave(out, withCandidates(ready, candidates)));
  }

  return { described, found, waited, leaveWhenReady };
}

/*
 * The search for a new path in a protocol whose messages have no numbers. Only the first caller makes offers; the callee asks for one.
 */

export type PathMessage =
  | { readonly type: "offer" | "answer"; readonly sdp: string }
  | { readonly type: "restart-request" };

/** State of the search for new paths. */
export interface NewPathSession extends KitSession {
  /** Offers of a new path without an answer. Answers have no number: they come in the order of their offers. */
  readonly unanswered: number;
  /** `true` if the last received answer belonged to an earlier offer. */
  readonly hasOldAnswer: boolean;
}

export const nothingOffered = { unanswered: 0, hasOldAnswer: false } as const;

/**
 * An offer of a new path leaves. After an answer that counted as old, the other side owes no earlier ones. An offer that it
 * never answers would otherwise make every later answer count as old.
 */
export function offered(session: Pick<NewPathSession, "unanswered" | "hasOldAnswer">) {
  return { unanswered: session.hasOldAnswer ? 1 : session.unanswered + 1, hasOldAnswer: false };
}

/** Milliseconds for which a lost path is searched once the other side has shown that it supports a new one. */
const ableMilliseconds = 30_000;

/** Search for a new path with a page of the foreign protocol. */
export interface Search {
  /** Milliseconds for which a lost path is searched while nothing shows that the other side supports a new one. */
  readonly reconnectMilliseconds: number;
  readonly restartPace: RestartPace;
}

/** The other side is known: what is done about a lost path from now on. Another kit keeps the kit's own pace. */
export function searching<Session extends KitSession>(session: Session, search: Search): Session {
  const { call, peer } = session;
  const settings = peer === "kit" ? call.settings : { ...call.settings, ...search };
  const reconnection = { ...call.reconnection, canRestart: true };
  return { ...session, call: { ...call, settings, reconnection } };
}

/** Parts the messages of a search from whatever else a step of the call's rules brings about. */
export function partPaths(effects: readonly CallEffect[]): [PathMessage[], CallEffect[]] {
  const others = effects.filter((effect) => pathMessage(effect) === null);
  return [effects.flatMap((effect) => pathMessage(effect) ?? []), others];
}

function pathMessage(effect: CallEffect): PathMessage | null {
  if (effect.type !== "send-control") return null;
  const { message } = effect;
  if (message.type === "restart-answer") return { type: "answer", sdp: message.answer };
  if (message.type !== "restart") return null;
  const { offer } = message;
  return offer === undefined ? { type: "restart-request" } : { type: "offer", sdp: offer };
}

/**
 * The rules of such a search.
 *
 * @param carry takes over a step that the rules of a call have made.
 */
export function newPaths<Session extends NewPathSession, Effect>(
  carry: (session: Session, step: Step) => SessionStep<Session, Effect>,
) {
  const { next } = sessionSteps<Session, Effect>();

  /** Handles a message about a new path. One of the wrong side is ignored. */
  function receive(session: Session, message: PathMessage, now: number) {
    const { call, peer } = session;
    const isAnswer = message.type === "answer";
    const isOutgoing = call.identity.direction === "outgoing";
    if (peer === "unknown" || isOutgoing === (message.type === "offer")) return next(session);
    const settings = { ...call.settings, reconnectMilliseconds: ableMilliseconds };
    const unanswered = Math.max(0, session.unanswered - (isAnswer ? 1 : 0));
    const hasOldAnswer = isAnswer && unanswered > 0;
    const able = { ...session, unanswered, hasOldAnswer, call: { ...call, settings } };
    // A later offer has made this answer worthless: the transport has other names for its ways by now.
    if (hasOldAnswer) return next(able);
    const { attempt, receivedAttempt } = call.reconnection;
    const asControl: ControlMessage = isAnswer
      ? { type: "restart-answer", attempt, answer: message.sdp }
      : {
          type: "restart",
          attempt: receivedAttempt + 1,
          ...("sdp" in message && { offer: message.sdp }),
        };
    return carry(able, transition(able.call, { type: "control", message: asControl }, now));
  }

  return { receive };
}
