import type { CallEvent } from "../../call/events.ts";
import type { Step } from "../../call/rules/step.ts";
import { transition } from "../../call/rules/transition.ts";
import { translateEffect } from "../foreign/kit-rules.ts";
import type { ChannelMessage } from "./channels.ts";
import { next } from "./session.ts";
import type { DeltachatSession, SessionEffect, SessionStep } from "./session.ts";

/** Milliseconds between readings of the received bytes. */
export const pollMilliseconds = 1000;

/**
 * Applies a step of the call's rules. All changes to connected or ended pass here, so that the host is notified of an end
 * exactly once.
 */
export function carry(session: DeltachatSession, [call, effects]: Step): SessionStep {
  const has = (state: typeof call.state) => call.state === state && session.call.state !== state;
  // Another kit's control channel accepts `sx-call/1` descriptions only: ICE restarts use the protocol's own channel.
  const paths = session.peer === "unknown" ? [] : effects.flatMap(renegotiation);
  const others = effects.filter((effect) => renegotiation(effect).length === 0);
  const offers = paths.filter(({ type }) => type === "offer").length;
  const more: SessionEffect[] = paths.map((message) => ({ type: "send-on-channel", message }));
  if (has("connected") && session.call.times.connectedAt === null)
    more.push({ type: "start-tick", name: "poll", milliseconds: pollMilliseconds });
  if (has("ended") && isToldToHost(call))
    more.push({ type: "tell-host", call: { name: "endCall" } });
  return next(
    { ...session, call, unanswered: session.unanswered + offers },
    ...others.flatMap((effect) => translateEffect(session.peer, effect)),
    ...more,
  );
}

/** Delegates an event to the rules of a call. */
export function delegate(session: DeltachatSession, event: CallEvent, now: number): SessionStep {
  return carry(session, transition(session.call, event, now));
}

/**
 * Returns `true` for an end that the host must be told. It knows the other side's actions and its own time limit, and an
 * ignored call continues to ring on other devices.
 */
function isToldToHost({ identity, ending }: DeltachatSession["call"]): boolean {
  const isMissed = identity.direction === "incoming" && ending?.reason === "unanswered";
  return ending?.by !== "remote" && !isMissed;
}

/** Converts ICE restarts to messages of Delta Chat's page. */
function renegotiation(effect: Step[1][number]): Extract<ChannelMessage, { id: 5 }>[] {
  if (effect.type !== "send-control") return [];
  const { message } = effect;
  if (message.type === "restart-answer") return [{ id: 5, type: "answer", sdp: message.answer }];
  if (message.type !== "restart") return [];
  const { offer } = message;
  return [
    offer === undefined ? { id: 5, type: "restart-request" } : { id: 5, type: "offer", sdp: offer },
  ];
}
