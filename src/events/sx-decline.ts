import { SxIntentEvent } from "./sx-event.ts";

/** The person declines the incoming call. The caller is told. */
export class SxDeclineEvent extends SxIntentEvent<null> {
  static readonly eventName = "sx-decline";
  declare readonly type: typeof SxDeclineEvent.eventName;

  constructor() {
    super(SxDeclineEvent.eventName, null);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-decline": SxDeclineEvent;
  }
}
