import { SxIntentEvent } from "./sx-event.ts";

/** `detail` of `sx-decline` for a waiting call. `null` for the call on screen. */
export interface SxDeclineDetail {
  /** The waiting call's id. */
  readonly callId: string;
}

/** The person declines the incoming call. The caller is notified. */
export class SxDeclineEvent extends SxIntentEvent<SxDeclineDetail | null> {
  static readonly eventName = "sx-decline";
  declare readonly type: typeof SxDeclineEvent.eventName;

  constructor(detail: SxDeclineDetail | null = null) {
    super(SxDeclineEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-decline": SxDeclineEvent;
  }
}
