import type { CallSnapshot } from "../call/snapshot.ts";
import type { CallMedia } from "../call/terms.ts";
import { SxFactEvent } from "./sx-event.ts";

/** `detail` of `sx-call-waiting`. */
export interface SxCallWaitingDetail {
  /** The waiting call's id: 16 random bytes, base64url. */
  readonly callId: string;
  /** Media that the caller asks for. */
  readonly media: CallMedia;
  /** Snapshot of the waiting call. Absent where it has already ended. */
  readonly snapshot?: CallSnapshot;
}

/** A second call arrived during a call. The view shows the banner; the host may play a tone or vibrate. */
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
