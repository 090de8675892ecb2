import { SxIntentEvent } from "./sx-event.ts";

/** `detail` of `sx-ignore` for a waiting call. `null` for the call on screen. */
export interface SxIgnoreDetail {
  /** The waiting call's id. */
  readonly callId: string;
}

/** The person stops the incoming call from ringing here. The caller is not notified. */
export class SxIgnoreEvent extends SxIntentEvent<SxIgnoreDetail | null> {
  static readonly eventName = "sx-ignore";
  declare readonly type: typeof SxIgnoreEvent.eventName;

  constructor(detail: SxIgnoreDetail | null = null) {
    super(SxIgnoreEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-ignore": SxIgnoreEvent;
  }
}
