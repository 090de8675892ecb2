import type { ConnectionStates } from "../../media/connection/connection.ts";
import { next } from "./session.ts";
import type { SessionStep, SimplexSession } from "./session.ts";

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
export function reportLoss(session: SimplexSession): SessionStep {
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
