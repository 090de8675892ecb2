import { type CallRecord, type ReportedEvent, verifiedField } from "./record.ts";
import { noReceipt, percentOf } from "./rules/receipt.ts";
import type { CallModel } from "./state/model.ts";
import { isRelayed, type ProtectionStatus, weakestProtection } from "./state/protection.ts";
import { reportProtection } from "./to-snapshot.ts";
import { countTalk } from "./state/times.ts";
import type { CallDirection, CallMedia, CallStateName } from "./terms.ts";
import { originalDirection } from "./state/identity.ts";
import type { CallSnapshot, Talk } from "./snapshot.ts";

/**
 * A call for whoever is asked for help: figures and events, without addresses, names, keys and ids. JSON that a person can read
 * before sending it.
 */
export interface CallReport {
  readonly version: 1;
  readonly direction: CallDirection;
  readonly media: CallMedia;
  readonly state: CallStateName;
  /** ISO 8601; `null` before the call began. */
  readonly startedAt: string | null;
  /** Talk time so far. */
  readonly durationSeconds: number;
  readonly gaps: { readonly count: number; readonly seconds: number };
  readonly path: "direct" | "relay" | "none";
  readonly protection: {
    /** The weakest that media had. */
    readonly weakest: ProtectionStatus;
    /** Share of the measured time with encrypted frames in both directions; `null` without a measurement. */
    readonly percent: number | null;
    readonly cipher: string | null;
    readonly framesSealed: number;
    readonly framesOpened: number;
    readonly framesForged: number;
  };
  /** `true` where both people confirmed the security code. */
  readonly verified: boolean;
  /** Over all paths, without UDP and IP headers. */
  readonly data: { readonly bytesSent: number; readonly bytesReceived: number };
  /** `null` during the call. */
  readonly ended: CallRecord["ending"] | null;
  /** Of the first and last hundred changes. */
  readonly events: readonly ReportedEvent[];
}

/** Returns the report of a call; `null` before one. */
export function reportOf(model: CallModel, now: number): CallReport | null {
  const { state, identity, times, protection, keys, reconnection, ending } = model;
  if (state === "idle") return null;
  const receipt = model.receipt ?? noReceipt;
  const { talked } = countTalk(times, protection.measurements, now);
  const running = receipt.gapSince === null ? 0 : now - receipt.gapSince;
  const { cipher, sealed, opened, forged } = reportProtection(protection, identity.encryption);
  const relayed = isRelayed(protection);
  return {
    version: 1,
    direction: originalDirection(identity),
    media: identity.media,
    state,
    startedAt: times.startedAt === null ? null : new Date(times.startedAt).toISOString(),
    durationSeconds: Math.floor(talked / 1000),
    gaps: { count: reconnection.count, seconds: Math.round((receipt.gap + running) / 1000) },
    path: relayed === null ? "none" : relayed ? "relay" : "direct",
    protection: {
      weakest: weakestProtection(protection, identity.encryption),
      percent: receipt.measured > 0 ? percentOf(receipt) : null,
      cipher,
      framesSealed: sealed,
      framesOpened: opened,
      framesForged: forged,
    },
    verified: keys.verification.local === true && keys.verification.remote === true,
    data: { bytesSent: receipt.sent, bytesReceived: receipt.received },
    ended: ending && { reason: ending.reason, by: ending.by, problem: ending.problem },
    events: receipt.events,
  };
}

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
    ...verifiedField(verification),
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
