import type { ProtectionReport } from "../call/state/protection.ts";
import { SxFactEvent } from "./sx-event.ts";

/** What `sx-protection-changed` carries. */
export interface SxProtectionChangedDetail {
  /** What was measured, with the numbers behind it at this moment. */
  readonly protection: ProtectionReport;
}

/** What the lock says changed: `status`, `sending` or `receiving`. A count that grows is no change. */
export class SxProtectionChangedEvent extends SxFactEvent<SxProtectionChangedDetail> {
  static readonly eventName = "sx-protection-changed";
  declare readonly type: typeof SxProtectionChangedEvent.eventName;

  constructor(detail: SxProtectionChangedDetail) {
    super(SxProtectionChangedEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-protection-changed": SxProtectionChangedEvent;
  }
}
