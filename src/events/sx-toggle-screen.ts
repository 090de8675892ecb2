import { SxIntentEvent } from "./sx-event.ts";

/** The person starts or stops sharing this side's screen. */
export class SxToggleScreenEvent extends SxIntentEvent<null> {
  static readonly eventName = "sx-toggle-screen";
  declare readonly type: typeof SxToggleScreenEvent.eventName;

  constructor() {
    super(SxToggleScreenEvent.eventName, null);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-toggle-screen": SxToggleScreenEvent;
  }
}
