import { end } from "../../call/rules/ending.ts";
import type { CallModel } from "../../call/state/model.ts";
import type { Step } from "../../call/rules/step.ts";
import { reportLoss } from "./connection-report.ts";
import { translateEffect } from "../foreign/kit-rules.ts";
import { after, next, ok, refusal } from "./session.ts";
import type { CommandId, SessionEffect, SessionStep, SimplexSession } from "./session.ts";

/*
 * How a step of the call's own rules becomes one of this protocol: the one place where a call turns connected or ends, so that the
 * host is told of either exactly once, whatever has brought it about.
 */

/** Their page reports the path in use this long after it has connected. Milliseconds. */
const reportMilliseconds = 500;
/** Between two looks at what was received. Milliseconds. */
export const pollMilliseconds = 1000;

/** Takes over a step that the rules of a call have made. */
export function carry(session: SimplexSession, [call, effects]: Step): SessionStep {
  const taken = { ...session, call };
  const isNow = (state: CallModel["state"]) => call.state === state && session.call.state !== state;
  // A person's own end is asked for, and the host then ends the call on both sides; every other end is told.
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

/** Ends the call because the host said so: it need not be told. */
export function endByHost(session: SimplexSession, id: CommandId, now: number): SessionStep {
  const { state } = session.call;
  // Where the call never began nothing is open, and there is nothing to remember.
  if (state === "ended" || state === "idle") return next(session, { type: "reply", id, resp: ok });
  const [call] = end(session.call, { reason: "hung-up", by: "remote", problem: null }, null, now);
  // A kit at the other end hears it on the data channel, before its own host tells it.
  const farewell = session.peer === "kit" ? "hung-up" : null;
  return after(abandon({ ...session, call }), (over) =>
    next(over, { type: "close", farewell }, { type: "reply", id, resp: ok }),
  );
}

/** Answers every command that still waits: the call is over. */
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
