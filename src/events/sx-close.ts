import { SxIntentEvent } from "./sx-event.ts";

/** The person closes the screen of an ended call. */
export class SxCloseEvent extends SxIntentEvent<null> {
  static readonly eventName = "sx-close";
  declare readonly type: typeof SxCloseEvent.eventName;

  constructor() {
    super(SxCloseEvent.eventName, null);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-close": SxCloseEvent;
  }
}
