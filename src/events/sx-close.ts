import { SxIntentEvent } from "./sx-event.ts";

/** The screen of an ended call closes: the person has closed it, or needs no time to read it. */
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
