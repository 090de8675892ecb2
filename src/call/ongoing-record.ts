import { vouchedBy, type CallRecord } from "./record.ts";
import type { CallSnapshot } from "./snapshot.ts";

/**
 * Makes the item of a call that goes on. Made anew of each snapshot, it follows the call until the record of `sx-call-ended` takes
 * its place.
 *
 * @returns frozen plain data, or `null` where no call goes on.
 */

export function ongoingRecord(snapshot: CallSnapshot): OngoingCallRecord | null {
  const {
    state,
    callId,
    direction,
    media,
    startedAt,
    connectedAt,
    protection,
    relayed,
    verification,
  } = snapshot;
  if (state === "ended" || callId === null || direction === null || startedAt === null) return null;
  return Object.freeze({
    ...{
      callId,
      direction,
      media,
      outcome: "ongoing" as const,
      startedAt,
      protection: protection.status,
      relayed,
    },
    ...(connectedAt === null ? {} : { connectedAt }),
    ...vouchedBy(verification),
  });
}
/** A call that is not over yet, in the place where its record will stand. JSON-safe as well, but not worth storing. */

export interface OngoingCallRecord extends Pick<
  CallRecord,
  | "callId"
  | "direction"
  | "media"
  | "startedAt"
  | "connectedAt"
  | "protection"
  | "relayed"
  | "verified"
> {
  readonly outcome: "ongoing";
}
/** What a chat history shows: calls that are over, and those that go on. */

export type CallRecordLike = CallRecord | OngoingCallRecord;
