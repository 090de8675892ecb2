import { SxIntentEvent } from "./sx-event.ts";

/** What `sx-open-call` carries. */
export interface SxOpenCallDetail {
  /** The id of the call that goes on. */
  readonly callId: string;
}

/** The person wants to see a call again that goes on elsewhere on the page. Showing it is the host's: no call does it by itself. */
export class SxOpenCallEvent extends SxIntentEvent<SxOpenCallDetail> {
  static readonly eventName = "sx-open-call";
  declare readonly type: typeof SxOpenCallEvent.eventName;

  constructor(detail: SxOpenCallDetail) {
    super(SxOpenCallEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-open-call": SxOpenCallEvent;
  }
}
