import { SxIntentEvent } from "./sx-event.ts";

/** The person wants the incoming call to stop ringing here. The caller is not told. */
export class SxIgnoreEvent extends SxIntentEvent<null> {
  static readonly eventName = "sx-ignore";
  declare readonly type: typeof SxIgnoreEvent.eventName;

  constructor() {
    super(SxIgnoreEvent.eventName, null);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-ignore": SxIgnoreEvent;
  }
}
