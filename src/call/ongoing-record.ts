import { vouchedBy, type CallRecord } from "./record.ts";
import type { CallSnapshot, Talk } from "./snapshot.ts";

/**
 * Returns the record of an ongoing call. Call it with each new snapshot, and replace it by the record of `sx-call-ended`.
 *
 * @returns frozen plain data, or `null` without an ongoing call.
 */
export function ongoingRecord(snapshot: CallSnapshot): OngoingCallRecord | null {
  const {
    state,
    callId,
    direction,
    media,
    startedAt,
    connectedAt,
    talk,
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
    ...(talk && { talk }),
    ...vouchedBy(verification),
  });
}

/** An ongoing call in the place of its later record. JSON-safe, but not meant to be stored. */
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
  /** Talk time so far; absent where it is not measured. */
  readonly talk?: Talk;
}

/** An entry of a chat history: the record of an ended call, or of an ongoing one. */
export type CallRecordLike = CallRecord | OngoingCallRecord;
