import { SxIntentEvent } from "./sx-event.ts";

/** The person puts the call on screen on hold. */
export class SxHoldEvent extends SxIntentEvent<null> {
  static readonly eventName = "sx-hold";
  declare readonly type: typeof SxHoldEvent.eventName;

  constructor() {
    super(SxHoldEvent.eventName, null);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-hold": SxHoldEvent;
  }
}
