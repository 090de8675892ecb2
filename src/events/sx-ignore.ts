import { SxIntentEvent } from "./sx-event.ts";

/** What `sx-ignore` carries where the call waits beside another one; `null` otherwise. */
export interface SxIgnoreDetail {
  /** The waiting call's id. */
  readonly callId: string;
}

/** The person wants the incoming call to stop ringing here. The caller is not told. */
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
