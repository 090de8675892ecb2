import type { ConnectionReport } from "../call/state/connection-report.ts";
import { SxFactEvent } from "./sx-event.ts";

/** What `sx-connection-checked` carries. */
export interface SxConnectionCheckedDetail {
  /** What was found. It holds no password and no address of this device. */
  readonly report: ConnectionReport;
}

/** A check of the connection is over, and this is what it found. */
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
