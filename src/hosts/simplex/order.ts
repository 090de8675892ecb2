import { transition } from "../../call/transition.ts";
import type { CallEffect, CallEvent } from "../../call/events.ts";
import type { CallModel } from "../../call/model.ts";
import { unreachable } from "../../errors.ts";
import * as commands from "./order-commands.ts";
import { deviceSettled, heard, peerTold, polled } from "./order-media.ts";
import { packCandidates } from "./packing.ts";
import { after, next } from "./session.ts";
import type { SessionEffect, SessionEvent, SessionStep, SessionTimer, SimplexSession } from "./session.ts";

/** Their page reports the path in use this long after it has connected. Milliseconds. */
const reportMilliseconds = 500;
/** Between two looks at what was received. Milliseconds. */
const pollMilliseconds = 1000;
/** The waits before the second, third and every later batch of candidates: each is a chat message. Milliseconds. */
const batchMilliseconds = [0, 150, 500, 1000] as const;

/**
 * The order of commands and answers of one call, over the rules of a call itself. Pure: the same session, event and time always give
 * the same step. Any command may come at any time; one that has no place is answered with an error and changes nothing.
 */
export function transitionSession(session: SimplexSession, event: SessionEvent, now: number): SessionStep {
  if (session.call.state === "ended" && event.type !== "command") return next(session);
  switch (event.type) {
    case "command":
      return commands.take(session, event.id, event.command, now);
    case "described":
      return commands.described(session, event, now);
    case "answered":
      return commands.answered(session, event, now);
    case "refused":
      return commands.refused(session, event, now);
    case "tick":
      return ticked(session, event.name);
    case "states-changed":
      return next(session, { type: "tell", resp: { type: "connection", state: event.states } });
    case "pair-read":
      return next(session, { type: "tell", resp: { type: "connected", connectionInfo: commands.connectionInfo(event.pair) } });
    case "polled":
      return polled(session, event.bytes);
    case "candidates-found":
      return found(session, event.candidates);
    case "device-changed":
      return after(
        after(delegate(session, event, now), (changed) => deviceSettled(changed, event.device)),
        (settled) => after(commands.captured(settled), commands.leaveWhenReady),
      );
    case "frame-opened":
      return after(delegate(session, event, now), (opened) => heard(opened, event.track));
    case "control-opened":
      return after(delegate(session, event, now), commands.proveKeys);
    case "control": {
      const { message } = event;
      if (message.type === "confirm") {
        return session.role === "caller" && !session.call.keysConfirmed
          ? next(session, { type: "check-peer", confirm: message })
          : next(session);
      }
      // Only another kit has a data channel with anything in it.
      if (session.peer !== "kit") return next(session);
      const before = session.call.remote;
      return after(delegate(session, event, now), (told) => (message.type === "media" ? peerTold(told, before) : next(told)));
    }
    case "path-changed":
      return after(delegate(session, event, now), (changed) => pathChanged(session.call, changed));
    default:
      return delegate(session, event, now);
  }
}

/** Lets the rules of a call judge what is no business of the protocol's. */
export function delegate(session: SimplexSession, event: CallEvent, now: number): SessionStep {
  const [call, effects] = transition(session.call, event, now);
  return after(takeCall(session, call), (taken) => translate(taken, effects));
}

/** The call as it is now; where it has ended by that, the host is told. */
function takeCall(session: SimplexSession, call: CallModel): SessionStep {
  const taken = { ...session, call };
  if (call.state !== "ended" || session.call.state === "ended") return next(taken);
  // A person's own end is asked for, and the host then ends the call on both sides; every other end is told.
  const resp = call.ending?.by === "local" ? ({ type: "end" } as const) : ({ type: "ended" } as const);
  return after(next(taken, { type: "tell", resp }), commands.abandon);
}

/** What `sx-call/1` would say over its own channel is said otherwise here, or not at all. */
function translate(session: SimplexSession, effects: readonly CallEffect[]): SessionStep {
  const kept = effects.flatMap((effect): SessionEffect[] => {
    switch (effect.type) {
      // Ends are told by `end` and `ended`; a new path is asked for over the data channel alone.
      case "send":
      // A set-up of `sx-call/1` never happens in these calls.
      // eslint-disable-next-line no-fallthrough
      case "prepare-offer":
      case "prepare-answer":
      case "answer":
      case "apply-answer":
      case "check-confirm":
        return [];
      default:
        return [effect];
    }
  });
  return next(session, ...kept);
}

function pathChanged(before: CallModel, session: SimplexSession): SessionStep {
  const { state } = session.call;
  if (before.state !== "connecting" || state !== "connected") return next(session);
  return next(
    session,
    { type: "stop-tick", name: "unconnected" },
    { type: "start-tick", name: "report", milliseconds: reportMilliseconds },
    { type: "start-tick", name: "poll", milliseconds: pollMilliseconds },
  );
}

/** This side's candidates: the first ones leave with its description, the others in batches. */
function found(session: SimplexSession, candidates: readonly SimplexSession["found"][number][]): SessionStep {
  // Those of a new path go over the data channel: the host's would be too slow for them, and its other end expects none.
  const { restartAttempt, restartTaken } = session.call;
  if (restartAttempt > 0 || restartTaken > 0) {
    const message = { type: "candidates", candidates: candidates.map((one) => ({ ...one })) } as const;
    return candidates.length === 0 ? next(session) : next(session, { type: "send-control", message });
  }
  const isFirst = session.found.length === 0;
  const gathered = { ...session, found: [...session.found, ...candidates] };
  if (!session.isOut) return commands.leaveWhenReady({ ...gathered, waits: { ...session.waits, candidates: true } });
  if (candidates.length === 0 || !isFirst) return next(gathered);
  const milliseconds = batchMilliseconds[Math.min(session.batches, batchMilliseconds.length - 1)] ?? 0;
  return milliseconds === 0 ? sendBatch(gathered) : next(gathered, { type: "start-tick", name: "batch", milliseconds });
}

function sendBatch(session: SimplexSession): SessionStep {
  if (session.found.length === 0) return next(session);
  const resp = { type: "ice", iceCandidates: packCandidates(session.found) } as const;
  return next({ ...session, found: [], batches: session.batches + 1 }, { type: "tell", resp });
}

function ticked(session: SimplexSession, name: SessionTimer): SessionStep {
  switch (name) {
    case "candidates":
    case "devices":
      return commands.leaveWhenReady({ ...session, waits: { ...session.waits, [name]: true } });
    case "batch":
      return sendBatch(session);
    case "unconnected":
      // Once, and no more than that: a late answer may still come.
      return session.call.connectedAt === null ? next(session, { type: "tell-states" }) : next(session);
    case "report":
      return next(session, { type: "read-pair" });
    case "poll":
      return next(session, { type: "poll" }, { type: "start-tick", name: "poll", milliseconds: pollMilliseconds });
    default:
      return unreachable(name);
  }
}
