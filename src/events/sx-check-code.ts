import { SxIntentEvent } from "./sx-event.ts";

/** `detail` of `sx-check-code`. */
export interface SxCheckCodeDetail {
  /** `true` where both people see the same security code. */
  readonly match: boolean;
}

/** The person compared the security code. `match: false` ends the call. */
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
