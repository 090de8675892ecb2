import type { ConnectionStates } from "../../media/connection/connection.ts";
import { next } from "./session.ts";
import type { SessionStep, SimplexSession } from "./session.ts";

/*
 * Which states of the connection the app is told. The app sets the call's clock to now at every `connected`, ends its chat item for good
 * at `disconnected` after `connected`, and marks it as failed for good at `failed`. So a state of the transport is told only where it is
 * the state of the call: a lost path that may come back is not an end, and a search that may still succeed has not failed.
 */

/** Tells the app the state of the connection, where it is another one than the app knows. */
export function reportConnection(session: SimplexSession): SessionStep {
  const { states, told } = session.report;
  const state = states === null ? null : stateToTell(session, states);
  return states === null || state === null || state === told
    ? next(session)
    : tellState(session, states, state);
}

/**
 * Tells the last state of a connected call whose path did not come back. It is `disconnected` whatever the transport says: after
 * `failed` the app would show a call that took place as one that never did.
 */
export function reportLoss(session: SimplexSession): SessionStep {
  const { states } = session.report;
  return states === null ? next(session) : tellState(session, states, "disconnected");
}

/** The connection has had its time: its state is told once, whatever it is. */
export function overdue(session: SimplexSession): SimplexSession {
  return { ...session, report: { ...session.report, told: "", isOverdue: true } };
}

function stateToTell({ call, report, reconnects }: SimplexSession, states: ConnectionStates) {
  if (call.state === "ended") return null;
  if (call.state === "reconnecting") return reconnects ? "reconnecting" : null;
  if (call.times.connectedAt !== null) return "connected";
  switch (states.connectionState) {
    case "connected":
      // The path was quicker than the keys: the call is not connected yet.
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
