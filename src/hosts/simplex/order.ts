import { deviceChanged } from "../../call/rules/own-devices.ts";
import type { CallEvent } from "../../call/events.ts";
import { withFound } from "../../call/rules/candidates.ts";
import { hasRestarted } from "../../call/state/reconnection.ts";
import { transition } from "../../call/rules/transition.ts";
import { unreachable } from "../../errors.ts";
import type { ControlMessage } from "../../signalling/control.ts";
import { carry, pollMilliseconds, overdue, reportConnection } from "./order-call.ts";
import { take } from "./order-commands.ts";
import { deviceSettled, heard, peerTold, polled, switchedByPerson } from "./order-media.ts";
import * as setUp from "./order-set-up.ts";
import { packCandidates } from "./packing.ts";
import { after, next } from "./session.ts";
import type {
  SessionEffect,
  SessionEvent,
  SessionStep,
  SessionTimer,
  SimplexSession,
} from "./session.ts";

/** Milliseconds before the second, third and every later batch of candidates: each is a chat message. */
const batchMilliseconds = [0, 150, 500, 1000] as const;
/** Maximum number of candidates in a message of the data channel. */
const mostInControl = 16;

/**
 * Rules of commands and answers of one call, on top of the rules of a call. Pure: the same session, event and time always give
 * the same step. A command may arrive at any time; an impossible one gets an error and changes nothing.
 */
export function transitionSession(
  session: SimplexSession,
  event: SessionEvent,
  now: number,
): SessionStep {
  const step = takeEvent(session, event, now);
  // The states of a path change follow it; the present ones are older.
  return event.type === "path-changed" ? step : after(step, reportConnection);
}

function takeEvent(session: SimplexSession, event: SessionEvent, now: number): SessionStep {
  if (event.type === "command") return take(session, event.id, event.command, now);
  // Late events after the end, or before the start, are ignored.
  if (session.call.state === "ended" || session.call.state === "idle") return next(session);
  switch (event.type) {
    case "described":
      return setUp.described(session, event, now);
    case "answered":
      return setUp.answered(session, event, now);
    case "refused":
      return setUp.refused(session, event, now);
    case "tick":
      return ticked(session, event.name);
    case "states-changed":
      return next({ ...session, report: { ...session.report, states: event.states } });
    case "pair-read":
      return next(session, {
        type: "tell",
        resp: { type: "connected", connectionInfo: setUp.connectionInfo(event.pair) },
      });
    case "polled":
      return polled(session, event.bytes, event.isEarly);
    case "candidates-found":
      return found(
        session,
        event.candidates.map(({ usernameFragment = null, ...candidate }) => ({
          ...candidate,
          usernameFragment,
        })),
      );
    case "set-device":
      return switchedByPerson(session, event.device, event.on);
    case "device-changed":
      // Only the rule for devices: a failed microphone does not end the call, but is an error in the reply.
      return after(
        after(carry(session, deviceChanged(session.call, event)), (changed) =>
          deviceSettled(changed, event.device),
        ),
        (settled) => after(setUp.captured(settled), setUp.leaveWhenReady),
      );
    case "frame-opened":
      return after(delegate(session, event, now), (opened) => heard(opened, event.track));
    case "path-changed":
      return after(delegate(session, event, now), setUp.demandProof);
    case "control-opened":
      return after(delegate(session, event, now), setUp.kit.proveKeys);
    case "control":
      return takeControl(session, event.message, now);
    default:
      return delegate(session, event, now);
  }
}

/** Delegates an event to the rules of a call. */
function delegate(session: SimplexSession, event: CallEvent, now: number): SessionStep {
  return carry(session, transition(session.call, event, now));
}

/** Handles a message of the data channel, which only another kit uses. */
function takeControl(session: SimplexSession, message: ControlMessage, now: number): SessionStep {
  const { call, peer, role } = session;
  const told = setUp.kit.takeControl(session, message, role === "caller", now);
  return peer === "kit" && message.type === "media"
    ? after(told, (heardOf) => peerTold(heardOf, call.remote))
    : told;
}

/** Handles this side's candidates: the first ones are sent with the description, others in batches. */
function found(
  session: SimplexSession,
  candidates: readonly SimplexSession["found"][number][],
): SessionStep {
  // Candidates of an ICE restart use the data channel: the host's is slow, and its other end expects none.
  if (hasRestarted(session.call.reconnection)) return next(session, ...asControl(candidates));
  const isFirst = session.found.length === 0;
  const call = { ...session.call, path: withFound(session.call.path, candidates) };
  const gathered = { ...session, call, found: [...session.found, ...candidates] };
  if (!session.isOut)
    return setUp.leaveWhenReady({ ...gathered, waits: { ...session.waits, candidates: true } });
  if (candidates.length === 0 || !isFirst) return next(gathered);
  const milliseconds =
    batchMilliseconds[Math.min(session.batches, batchMilliseconds.length - 1)] ?? 0;
  return milliseconds === 0
    ? sendBatch(gathered)
    : next(gathered, { type: "start-tick", name: "batch", milliseconds });
}

function asControl(candidates: SimplexSession["found"]): SessionEffect[] {
  if (candidates.length === 0) return [];
  const message = {
    type: "candidates",
    candidates: candidates.slice(0, mostInControl).map((one) => ({ ...one })),
  } as const;
  return [{ type: "send-control", message }, ...asControl(candidates.slice(mostInControl))];
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
      return setUp.leaveWhenReady({ ...session, waits: { ...session.waits, [name]: true } });
    case "batch":
      return sendBatch(session);
    case "unconnected":
      // Sent once: a late answer may still arrive.
      return session.call.times.connectedAt === null
        ? next(overdue(session), { type: "tell-states" })
        : next(session);
    case "report":
      return next(session, { type: "read-pair" });
    case "poll":
      return next(
        session,
        { type: "poll", isEarly: false },
        { type: "start-tick", name: "poll", milliseconds: pollMilliseconds },
      );
    default:
      return unreachable(name);
  }
}
