import { SxIntentEvent } from "./sx-event.ts";

/** The person ends the call, or cancels it while it rings. */
export class SxHangUpEvent extends SxIntentEvent<null> {
  static readonly eventName = "sx-hang-up";
  declare readonly type: typeof SxHangUpEvent.eventName;

  constructor() {
    super(SxHangUpEvent.eventName, null);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-hang-up": SxHangUpEvent;
  }
}
