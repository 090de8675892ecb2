import { SxIntentEvent } from "./sx-event.ts";

/** The person ends the call, or cancels it while it rings. */
export class SxHangUpEvent extends SxIntentEvent<null> {
  static readonly eventName = "sx-hang-up";
  declare readonly type: typeof SxHangUpEvent.eventName;

  constructor() {
    super(SxHangUpEvent.eventName, null);
  }
}

/** The person puts the call on screen on hold. */
export class SxHoldEvent extends SxIntentEvent<null> {
  static readonly eventName = "sx-hold";
  declare readonly type: typeof SxHoldEvent.eventName;

  constructor() {
    super(SxHoldEvent.eventName, null);
  }
}

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
    "sx-hang-up": SxHangUpEvent;
    "sx-hold": SxHoldEvent;
    "sx-check-code": SxCheckCodeEvent;
  }
}
