import type { ProtectionReport } from "../call/state/protection.ts";
import { SxFactEvent } from "./sx-event.ts";

/** `detail` of `sx-protection-changed`. */
export interface SxProtectionChangedDetail {
  /** The measured protection with its counts at this moment. */
  readonly protection: ProtectionReport;
}

/** The measured protection changed: `status`, `sending` or `receiving`. Not fired where only a count grew. */
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
