import type { CallOutcome } from "../record.ts";
import { type CallSnapshot, worksNowhere } from "../snapshot.ts";

/** Milliseconds until the screen of an ended call closes that needs no reading. */
export const dismissMilliseconds = 2000;

/** Returns `true` where the person here knows how the call ended, so that its screen closes itself. */
export function needsNoReading({ ending }: Pick<CallSnapshot, "ending">): boolean {
  if (ending === null) return false;
  const { reason, by } = ending;
  const isKnown = by === "local" && ["hung-up", "cancelled", "declined"].includes(reason);
  return isKnown || reason === "answered-elsewhere";
}

/** Problems that another call meets as well, until somebody has done something else: an update, or a question by another way. */
const lasting: typeof worksNowhere = [
  ...worksNowhere,
  "code-mismatch",
  "unsupported-version",
  "bad-signal",
  "too-large",
  "bad-argument",
  "unprotected",
];

/** Returns `true` where another call to the same person is what most people want now. */
export function helpsToCall({
  ending,
  verification,
}: Pick<CallSnapshot, "ending" | "verification">): boolean {
  if (ending === null || verification.local === false || verification.remote === false)
    return false;
  const { reason, by, problem } = ending;
  if (problem !== null) return !lasting.includes(problem);
  // Nobody has talked, and nobody here has wanted it so.
  return (
    reason === "busy" || (by !== "local" && ["unanswered", "cancelled", "failed"].includes(reason))
  );
}

/** Ends of a call after which a caller may leave a note: nobody has talked, and the other side knows of the call. */
const speechless: readonly (CallOutcome | undefined)[] = ["unanswered", "declined", "busy"];

/** Returns `true` where the person here has called and nobody has answered, the call was declined, or the line is busy. */
export function mayLeaveNote({
  state,
  direction,
  record,
}: Pick<CallSnapshot, "state" | "direction" | "record">): boolean {
  return state === "ended" && direction === "outgoing" && speechless.includes(record?.outcome);
}
