import { SxIntentEvent } from "./sx-event.ts";

/** `detail` of `sx-decline` for a waiting call or with a text. `null` for the call on screen without one. */
export interface SxDeclineDetail {
  /** The waiting call's id; absent for the call on screen. */
  readonly callId?: string;
  /** Words for the caller. */
  readonly text?: string;
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
