import type { ProtectionStatus } from "./state/protection.ts";
import type { CallDirection, CallMedia, CallSnapshot, Verification } from "./snapshot.ts";

/**
 * How a call went, for the chat history.
 * - `completed`: the two sides were connected.
 * - `missed`: it rang here and nobody answered, or it arrived too late to ring.
 * - `declined`: the called side said no.
 * - `cancelled`: somebody hung up before the two sides were connected.
 * - `busy`: the called side was in another call.
 * - `unanswered`: it rang there and nobody answered.
 * - `failed`: something broke; `durationSeconds` tells whether before or after connecting.
 * - `answered-elsewhere`: another device of the same person took it.
 */
export type CallOutcome =
  | "completed"
  | "missed"
  | "declined"
  | "cancelled"
  | "busy"
  | "unanswered"
  | "failed"
  | "answered-elsewhere";

/** A call as an immutable item of the chat history. JSON-safe, so that a host can store it as it is. */
export interface CallRecord {
  readonly callId: string;
  readonly direction: CallDirection;
  readonly media: CallMedia;
  readonly outcome: CallOutcome;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds since the epoch; absent where the call never connected. */
  readonly connectedAt?: number;
  /** Milliseconds since the epoch. */
  readonly endedAt: number;
  /** Whole seconds between connecting and ending; 0 where it never connected. */
  readonly durationSeconds: number;
  /** The weakest protection that media ever had in this call, `none` where no frame flowed. */
  readonly protection: ProtectionStatus;
  /** Whether media went through a relay; `null` where it never flowed. */
  readonly relayed: boolean | null;
  readonly reconnections: number;
  /** `true` where both people said that the security codes match; absent otherwise. */
  readonly verified?: true;
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

/** What a record says of the comparison of the security code: something only where both people said that it matches. */
export function vouchedBy({ local, remote }: Verification): Pick<CallRecord, "verified"> {
  return local === true && remote === true ? { verified: true } : {};
}

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
