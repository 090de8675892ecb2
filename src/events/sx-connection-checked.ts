import type { ConnectionReport } from "../call/state/connection-report.ts";
import { SxFactEvent } from "./sx-event.ts";

/** `detail` of `sx-connection-checked`. */
export interface SxConnectionCheckedDetail {
  /** Result of the check. It holds no password and no address of this device. */
  readonly report: ConnectionReport;
}

/** A connection check has finished. */
export class SxConnectionCheckedEvent extends SxFactEvent<SxConnectionCheckedDetail> {
  static readonly eventName = "sx-connection-checked";
  declare readonly type: typeof SxConnectionCheckedEvent.eventName;

  constructor(detail: SxConnectionCheckedDetail) {
    super(SxConnectionCheckedEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-connection-checked": SxConnectionCheckedEvent;
  }
}
