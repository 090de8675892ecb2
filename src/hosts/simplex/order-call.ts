import { end } from "../../call/rules/ending.ts";
import type { CallModel } from "../../call/state/model.ts";
import type { Step } from "../../call/rules/step.ts";
import { translateEffect } from "../foreign/kit-rules.ts";
import {
  after,
  next,
  ok,
  refusal,
  type CommandId,
  type SessionEffect,
  type SessionStep,
  type SimplexSession,
} from "./session.ts";
import type { ConnectionStates } from "../../media/connection/connection.ts";

/*
 * Converts steps of the call's rules to steps of this protocol. All changes to connected or ended pass here, so that the host
 * is notified of each exactly once.
 */

/** Milliseconds after connecting at which SimpleX's page reports the path. */
const reportMilliseconds = 500;
/** Milliseconds between readings of the received bytes. */
export const pollMilliseconds = 1000;

/** Applies a step of the call's rules. */
export function carry(session: SimplexSession, [call, effects]: Step): SessionStep {
  const taken = { ...session, call };
  const isNow = (state: CallModel["state"]) => call.state === state && session.call.state !== state;
  // A person's hang-up is a request, on which the host ends the call on both sides. Other ends are reported.
  const resp =
    call.ending?.by === "local" ? ({ type: "end" } as const) : ({ type: "ended" } as const);
  const isLost =
    session.call.state === "reconnecting" && call.ending?.problem === "connection-failed";
  const told = isNow("ended")
    ? after(
        after(isLost ? reportLoss(taken) : next(taken), (over) =>
          next(over, { type: "tell", resp }),
        ),
        abandon,
      )
    : next(taken);
  return after(told, (left) =>
    next(
      left,
      ...effects.flatMap((effect) => translateEffect(left.peer, effect)),
      ...(session.call.times.connectedAt === null && isNow("connected") ? whenConnected : []),
    ),
  );
}

const whenConnected: readonly SessionEffect[] = [
  { type: "stop-tick", name: "unconnected" },
  { type: "start-tick", name: "report", milliseconds: reportMilliseconds },
  { type: "start-tick", name: "poll", milliseconds: pollMilliseconds },
];

/** Ends the call on the host's command, without a notification. */
export function endByHost(session: SimplexSession, id: CommandId, now: number): SessionStep {
  const { state } = session.call;
  // A call that never began has no resources and no state.
  if (state === "ended" || state === "idle") return next(session, { type: "reply", id, resp: ok });
  const [call] = end(session.call, { reason: "hung-up", by: "remote", problem: null }, null, now);
  // Another kit is notified on the data channel, before its own host.
  const farewell = session.peer === "kit" ? "hung-up" : null;
  return after(abandon({ ...session, call }), (over) =>
    next(over, { type: "close", farewell }, { type: "reply", id, resp: ok }),
  );
}

/** Answers every pending command of the ended call. */
function abandon(session: SimplexSession): SessionStep {
  const { pending, role, stage, switches } = session;
  const command =
    stage === "capturing"
      ? "capabilities"
      : stage === "answering"
        ? "answer"
        : role === "caller"
          ? "offer"
          : "start";
  return next(
    { ...session, pending: null, switches: [] },
    ...(pending === null
      ? []
      : [{ type: "reply", id: pending, resp: refusal(command, "the call has ended") } as const]),
    ...switches.map(
      ({ id, name }) => ({ type: "reply", id, resp: refusal(name, "the call has ended") }) as const,
    ),
  );
}

/*
 * Selects the connection states sent to the app. The app sets the call's clock at every `connected`, ends its chat item
 * permanently at `disconnected` after `connected`, and marks it as failed permanently at `failed`. A transport state is
 * therefore sent only if it is the state of the call. A lost path that may recover is not an end, and a pending search is not a
 * failure.
 */

/** Sends the connection state, if it differs from the last one sent. */
export function reportConnection(session: SimplexSession): SessionStep {
  const { states, told } = session.report;
  const state = states === null ? null : stateToTell(session, states);
  return states === null || state === null || state === told
    ? next(session)
    : tellState(session, states, state);
}

/**
 * Sends the last state of a call whose path did not recover: always `disconnected`. After `failed` the app would show a call
 * that never took place.
 */
function reportLoss(session: SimplexSession): SessionStep {
  const { states } = session.report;
  return states === null ? next(session) : tellState(session, states, "disconnected");
}

/** Handles the end of the connection's time limit: its state is sent once. */
export function overdue(session: SimplexSession): SimplexSession {
  return { ...session, report: { ...session.report, told: "", isOverdue: true } };
}

function stateToTell({ call, report, reconnects }: SimplexSession, states: ConnectionStates) {
  if (call.state === "ended") return null;
  if (call.state === "reconnecting") return reconnects ? "reconnecting" : null;
  if (call.times.connectedAt !== null) return "connected";
  switch (states.connectionState) {
    case "connected":
      // The path was ready before the keys: the call is not connected yet.
      return "connecting";
    case "failed":
      return report.isOverdue ? "failed" : null;
    case "disconnected":
    case "closed":
      return null;
    default:
      return states.connectionState;
  }
}

function tellState(
  session: SimplexSession,
  states: ConnectionStates,
  connectionState: string,
): SessionStep {
  return next(
    { ...session, report: { ...session.report, told: connectionState } },
    { type: "tell", resp: { type: "connection", state: { ...states, connectionState } } },
  );
}
