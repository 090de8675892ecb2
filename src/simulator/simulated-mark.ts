import type { CallRecord } from "../call/record.ts";
import type { CallSnapshot } from "../call/snapshot.ts";

/** What the details of the lock show in the place of a cipher. */
export const simulatedCipher = "SIMULATED";

/**
 * Makes of a snapshot what a person sees: its details say that it is not real, and with an older app it says what a real call would.
 *
 * @param isOld whether the other side has an app whose encryption is weaker.
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
    // Older apps have no code to compare.
    securityCode: isOld ? null : securityCode,
    actions: isOld
      ? Object.freeze(snapshot.actions.filter((action) => action !== "check-code"))
      : snapshot.actions,
    record: record && markRecord(record, isOld),
  });
}

/** The same for the item of the chat. */
export function markRecord(record: CallRecord, isOld: boolean): CallRecord {
  return isOld ? Object.freeze({ ...record, protection: weaker(record.protection) }) : record;
}

function weaker<Status extends string>(status: Status): Status | "compatible" {
  return status === "protected" ? "compatible" : status;
}
