import type { CallRecord } from "../call/record.ts";
import type { CallSnapshot } from "../call/snapshot.ts";

/** Shown instead of a cipher suite in the details of the lock. */
export const simulatedCipher = "SIMULATED";

/**
 * Marks a snapshot as simulated. With an older app it reports the weaker protection of a real call.
 *
 * @param isOld `true` where the remote side's app has weaker encryption.
 */
export function markSnapshot(snapshot: CallSnapshot, isOld: boolean): CallSnapshot {
  const { protection, record, securityCode } = snapshot;
  const { status, sending, receiving, cipher } = protection;
  return Object.freeze({
    ...snapshot,
    protection: Object.freeze({
      ...protection,
      ...(isOld && {
        status: weaker(status),
        sending: weaker(sending),
        receiving: weaker(receiving),
      }),
      cipher: cipher && simulatedCipher,
    }),
    // Older apps have no security code.
    securityCode: isOld ? null : securityCode,
    actions: isOld
      ? Object.freeze(snapshot.actions.filter((action) => action !== "check-code"))
      : snapshot.actions,
    record: record && markRecord(record, isOld),
  });
}

/** Marks a record in the same way. */
export function markRecord(record: CallRecord, isOld: boolean): CallRecord {
  return isOld ? Object.freeze({ ...record, protection: weaker(record.protection) }) : record;
}

function weaker<Status extends string>(status: Status): Status | "compatible" {
  return status === "protected" ? "compatible" : status;
}
