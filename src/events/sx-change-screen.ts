import { SxIntentEvent } from "./sx-event.ts";

/** The person wants to share another screen, window or tab in place of the shared one, which stays until then. The nearest view performs it. */
export class SxChangeScreenEvent extends SxIntentEvent<null> {
  static readonly eventName = "sx-change-screen";
  declare readonly type: typeof SxChangeScreenEvent.eventName;

  constructor() {
    super(SxChangeScreenEvent.eventName, null);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-change-screen": SxChangeScreenEvent;
  }
}
