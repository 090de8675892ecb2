import type { CallSnapshot } from "../call/snapshot.ts";
import type { CallMedia } from "../call/terms.ts";
import { SxFactEvent } from "./sx-event.ts";

/** What `sx-call-waiting` carries. */
export interface SxCallWaitingDetail {
  /** The waiting call's id: 16 random bytes, base64url. */
  readonly callId: string;
  /** What its caller asks for. */
  readonly media: CallMedia;
  /** All that is known of it; absent where it has ended already. */
  readonly snapshot?: CallSnapshot;
}

/** Somebody calls during a call. The host may knock or vibrate now; the banner is the view's. */
export class SxCallWaitingEvent extends SxFactEvent<SxCallWaitingDetail> {
  static readonly eventName = "sx-call-waiting";
  declare readonly type: typeof SxCallWaitingEvent.eventName;

  constructor(detail: SxCallWaitingDetail) {
    super(SxCallWaitingEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-call-waiting": SxCallWaitingEvent;
  }
}
