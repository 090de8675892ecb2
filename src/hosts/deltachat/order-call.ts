import type { CallEvent } from "../../call/events.ts";
import type { Step } from "../../call/rules/step.ts";
import { transition } from "../../call/rules/transition.ts";
import { translateEffect } from "../foreign/kit-rules.ts";
import { partPaths } from "../foreign/new-paths.ts";
import { pollMilliseconds } from "../foreign/remote-media.ts";
import { next } from "./session.ts";
import type { DeltachatSession, SessionEffect, SessionStep } from "./session.ts";

/**
 * Applies a step of the call's rules. All changes to connected or ended pass here, so that the host is notified of an end
 * exactly once.
 */
export function carry(session: DeltachatSession, [call, effects]: Step): SessionStep {
  const has = (state: typeof call.state) => call.state === state && session.call.state !== state;
  // Another kit's control channel takes descriptions of `sx-call/1` alone: its new paths go the same way as everybody's.
  const [said, others] = partPaths(effects);
  const paths = session.peer === "unknown" ? [] : said;
  const offers = paths.filter(({ type }) => type === "offer").length;
  const more: SessionEffect[] = paths.map((message) => ({
    ...{ type: "send-on-channel", message: { id: 5, ...message } },
  }));
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
