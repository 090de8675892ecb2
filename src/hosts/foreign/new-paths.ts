import type { CallEffect } from "../../call/events.ts";
import type { Step } from "../../call/rules/step.ts";
import { transition } from "../../call/rules/transition.ts";
import type { RestartPace } from "../../call/state/model.ts";
import type { ControlMessage } from "../../signalling/control.ts";
import { type KitSession, sessionSteps, type SessionStep } from "./kit-rules.ts";

/*
 * The search for a new path in a protocol whose messages have no numbers. Only the first caller makes offers; the callee asks for one.
 */

export type PathMessage =
  | { readonly type: "offer" | "answer"; readonly sdp: string }
  | { readonly type: "restart-request" };

/** What a session knows of its new paths. */
export interface NewPathSession extends KitSession {
  /** Offers of a new path without an answer. Answers have no number: they come in the order of their offers. */
  readonly unanswered: number;
}

/** How long a lost path may take to come back once the other side has shown that it takes a new one. Milliseconds. */
const ableMilliseconds = 30_000;

/** How a call searches with a page of the protocol's own. */
export interface Search {
  /** How long it holds on to a lost path while nothing shows that the other side can take a new one. Milliseconds. */
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

  /** The other side says something of a new path. What comes from the wrong side is passed over. */
  function heard(session: Session, message: PathMessage, now: number) {
    const { call, peer } = session;
    const isAnswer = message.type === "answer";
    const isOutgoing = call.identity.direction === "outgoing";
    if (peer === "unknown" || isOutgoing === (message.type === "offer")) return next(session);
    const settings = { ...call.settings, reconnectMilliseconds: ableMilliseconds };
    const unanswered = Math.max(0, session.unanswered - (isAnswer ? 1 : 0));
    const able = { ...session, unanswered, call: { ...call, settings } };
    // A later offer has made this answer worthless: the transport has other names for its ways by now.
    if (isAnswer && unanswered > 0) return next(able);
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

  return { heard };
}
