import type { CallSnapshot } from "../../call/snapshot.ts";
import type { ProtectionStatus } from "../../call/state/protection.ts";
import type { Localize, LockState } from "../words/strings.ts";
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

/** Milliseconds after connecting until frames must be measured in both directions. */
export const settling = 3000;

/** Returns the lock as it is shown, and its words: for its first seconds a call is being secured. A fault shows at once. */
export function shownLock({
  snapshot,
  now,
  localize,
}: {
  readonly snapshot: CallSnapshot;
  readonly now: number;
  readonly localize: Localize;
}): { readonly lock: LockState; readonly words: string } {
  const lock = lockOf(snapshot);
  const isYoung = snapshot.connectedAt !== null && now - snapshot.connectedAt < settling;
  return isYoung && (lock === "none" || lock === "one-way")
    ? { lock: "none", words: localize("step.keys", "") }
    : { lock, words: localize(`protection.${lock}`) };
}

/** An audio route of a native host that the browser cannot select. */
export interface AudioRoute {
  readonly id: string;
  /** Name shown to the person. */
  readonly label: string;
  /** `true` for the route in use. */
  readonly selected: boolean;
  /** Kind of output, for its icon and its name. */
  readonly kind: "earpiece" | "speaker" | "headset" | "bluetooth" | "other";
}

/** Icon of each kind of route. */
export const routeIcons: Record<AudioRoute["kind"], IconName> = {
  earpiece: "phone",
  speaker: "volume-2",
  headset: "headphones",
  bluetooth: "bluetooth",
  other: "volume-2",
};
