import type { ProtectionStatus } from "../../call/state/protection.ts";
import type { IconName } from "./icons.ts";

/** The closed lock stands for one thing only: frames measured as sealed and opened, both ways. */
export const protectionIcon: Record<ProtectionStatus, IconName> = {
  none: "shield-ellipsis",
  protected: "lock",
  "one-way": "shield-half",
  stalled: "shield-ellipsis",
  tampered: "shield-alert",
  compatible: "lock-keyhole",
  unencrypted: "shield-off",
};
