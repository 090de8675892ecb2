import type { CallSnapshot } from "../../call/snapshot.ts";
import type { ProtectionStatus } from "../../call/state/protection.ts";
import type { LockState } from "../words/strings.ts";
import type { IconName } from "./icons.ts";

/** The closed lock has one meaning: frames measured as encrypted and decrypted in both directions. */
export const protectionIcon: Record<ProtectionStatus, IconName> = {
  none: "shield-ellipsis",
  protected: "lock",
  "one-way": "shield-half",
  stalled: "shield-ellipsis",
  tampered: "shield-alert",
  compatible: "lock-keyhole",
  transport: "lock-keyhole",
  unencrypted: "shield-off",
};

/** Returns the icon of a lock. */
export function lockIcon(lock: LockState): IconName {
  return lock === "verified" ? "shield-check" : protectionIcon[lock];
}

/** Returns `verified` only where both hold: frames measured as protected now, and both people's confirmation of the code. */
export function lockOf({ protection, verification }: CallSnapshot): LockState {
  const bothConfirmed = verification.local === true && verification.remote === true;
  return protection.status === "protected" && bothConfirmed ? "verified" : protection.status;
}
