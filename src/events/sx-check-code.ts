import { SxIntentEvent } from "./sx-event.ts";

/** What `sx-check-code` carries. */
export interface SxCheckCodeDetail {
  /** Whether both people see the same security code. */
  readonly match: boolean;
}

/** The person has compared the security code. One that does not match ends the call. */
export class SxCheckCodeEvent extends SxIntentEvent<SxCheckCodeDetail> {
  static readonly eventName = "sx-check-code";
  declare readonly type: typeof SxCheckCodeEvent.eventName;

  constructor(detail: SxCheckCodeDetail) {
    super(SxCheckCodeEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-check-code": SxCheckCodeEvent;
  }
}
