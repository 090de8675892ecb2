import type { CallModel, Wishes } from "../state/model.ts";
import type { CallDirection } from "../snapshot.ts";

/*
 * A page that is loaded anew in a call loses its keys and its connection, and nothing can bring them back: the call goes on as a
 * new one that names the old. The name of a call is 16 random bytes that only its two sides know, so that who can say it was there.
 */

/** How long after its last sign of life a call can be taken up again. Milliseconds. */
export const resumptionMilliseconds = 60_000;

/** What a call takes over from the one that it takes up. */
export interface ResumedCall {
  readonly callId: string;
  readonly direction: CallDirection;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds since the epoch. */
  readonly connectedAt: number;
  readonly reconnections: number;
  readonly wishes: Wishes;
  /** Whether this side had put it on hold. */
  readonly isHeld: boolean;
}

/** The new call is the old one found again: its clock goes on, and one more reconnection is counted. */
export function takeUp(model: CallModel, resumed: ResumedCall): CallModel {
  const { startedAt, connectedAt, reconnections, wishes, isHeld } = resumed;
  return {
    ...model,
    resumed,
    startedAt,
    connectedAt,
    reconnections: reconnections + 1,
    // Whatever was shared of a screen is over: it needs a person's choice each time.
    wishes: { ...wishes, screen: false },
    held: { ...model.held, local: isHeld },
  };
}

/** What a new call takes over from this one; `null` where this one was never connected. */
export function resumedFrom(model: CallModel): ResumedCall | null {
  const { callId, startedAt, connectedAt, reconnections, wishes, held } = model;
  if (connectedAt === null || startedAt === null) return null;
  const direction = model.resumed?.direction ?? model.direction;
  return { callId, direction, startedAt, connectedAt, reconnections, wishes, isHeld: held.local };
}
