import { SxIntentEvent } from "./sx-event.ts";

/** What `sx-decline` carries where the call waits beside another one; `null` otherwise. */
export interface SxDeclineDetail {
  /** The waiting call's id. */
  readonly callId: string;
}

/** The person declines the incoming call. The caller is told. */
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
