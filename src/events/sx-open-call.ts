import { SxIntentEvent } from "./sx-event.ts";

/** `detail` of `sx-open-call`. */
export interface SxOpenCallDetail {
  /** Id of the ongoing call. */
  readonly callId: string;
}

/** The person opens an ongoing call from a chat or a history. The host shows the call: the kit has no default action. */
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
