import type { ProtectionStatus } from "./state/protection.ts";
import type { Verification } from "./state/keys.ts";
import type { CallDirection, CallMedia, EndReason } from "./terms.ts";
import type { CallErrorCode } from "../errors.ts";

/**
 * Outcome of a call, for the chat history.
 * - `completed`: the two sides were connected.
 * - `missed`: it rang here unanswered, or arrived too late to ring.
 * - `declined`: the called side declined.
 * - `cancelled`: one side hung up before the two sides were connected.
 * - `busy`: the called side was in another call.
 * - `unanswered`: it rang on the other side unanswered.
 * - `failed`: an error ended it; `durationSeconds` is 0 where it never connected.
 * - `answered-elsewhere`: another device of the same person answered.
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

/** Figures of a call for its record. Absent in records of older kits, and in those of calls that never connected. */
export interface RecordedReceipt {
  /** Whole seconds without a path. */
  readonly gapSeconds?: number;
  /** Share of the measured time with encrypted frames in both directions, 0 to 100, rounded down. */
  readonly protectedPercent?: number;
  /** Bytes over all paths, without UDP and IP headers. */
  readonly bytesSent?: number;
  readonly bytesReceived?: number;
}

/** A call as an immutable item of the chat history. JSON-safe: a host can store it unchanged. */
export interface CallRecord extends RecordedReceipt {
  /** 16 random bytes, base64url. */
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
  /** Whole seconds between connecting and ending; 0 where the call never connected. */
  readonly durationSeconds: number;
  /** The weakest protection that media had in this call; `none` without any frame. */
  readonly protection: ProtectionStatus;
  /** `true` where media went through a relay; `null` where it never flowed. */
  readonly relayed: boolean | null;
  /** Number of recovered paths. */
  readonly reconnections: number;
  /** `true` where both people confirmed the security code; absent otherwise. */
  readonly verified?: true;
  /** Why the call ended; absent in records of older kits. */
  readonly ending?: Pick<CallEnding, "reason" | "by" | "problem">;
  /** Words of the person who declined: plain text of one line. Absent without any. */
  readonly text?: string;
}

/** Returns the `verified` field of a record: present only where both people confirmed the security code. */
export function verifiedField({ local, remote }: Verification): Pick<CallRecord, "verified"> {
  return local === true && remote === true ? { verified: true } : {};
}

/** End of a call. */
export interface CallEnding {
  /** Reason of the end. */
  readonly reason: EndReason;
  /** The side that ended it; `none` for a failure or an expired time limit. */
  readonly by: "local" | "remote" | "none";
  /** The error of a `failed` end; `null` otherwise. */
  readonly problem: CallErrorCode | null;
  /** Words of the person who declined; absent without any. */
  readonly text?: string;
}

/** An event of a call, for its report: what changed, and to what. Neither holds a name, an address, a key or an id. */
export interface ReportedEvent {
  /** Seconds since the call began. */
  readonly second: number;
  readonly what: string;
  readonly value: string;
}

/** Figures of a call that nobody needs during it: what the record and the report contain afterwards. */
export interface Receipt {
  /** Milliseconds without a path, up to `gapSince`. */
  readonly gap: number;
  /** Since when there is no path; `null` with one. Milliseconds since the epoch. */
  readonly gapSince: number | null;
  /** Milliseconds for which the encryption was measured, of a connected call that nobody held. */
  readonly measured: number;
  /** Of these, milliseconds with encrypted frames in both directions. */
  readonly protected: number;
  /** Time of the last measurement; `null` where none counts yet. */
  readonly measuredAt: number | null;
  /** Bytes over all paths, without UDP and IP headers. */
  readonly sent: number;
  readonly received: number;
  /** The last reading of the path in use. */
  readonly path: { readonly id: string; readonly sent: number; readonly received: number } | null;
  /** The newest last. */
  readonly events: readonly ReportedEvent[];
}
