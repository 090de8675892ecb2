import type { ProtectionStatus } from "./state/protection.ts";
import type { Verification } from "./state/keys.ts";
import type { CallDirection, CallMedia, EndReason } from "./terms.ts";
import type { CallErrorCode } from "../errors.ts";

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

/** What a record says of the comparison of the security code: something only where both people said that it matches. */
export function vouchedBy({ local, remote }: Verification): Pick<CallRecord, "verified"> {
  return local === true && remote === true ? { verified: true } : {};
}

/** How a call ended. */

export interface CallEnding {
  readonly reason: EndReason;
  /** Which side ended it; `none` where nobody did (a failure, or a wait that ran out). */
  readonly by: "local" | "remote" | "none";
  /** The error behind a `failed` end; `null` otherwise. */
  readonly problem: CallErrorCode | null;
}
