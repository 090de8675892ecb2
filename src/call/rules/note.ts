import type { CallOutcome } from "../record.ts";
import type { CallSnapshot } from "../snapshot.ts";

/** Longest note. Milliseconds. */
export const noteMilliseconds = 120_000;

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
