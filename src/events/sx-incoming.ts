import type { CallMedia } from "../call/terms.ts";
import { SxFactEvent } from "./sx-event.ts";

/** `detail` of `sx-incoming`. */
export interface SxIncomingDetail {
  /** The call's id: 16 random bytes, base64url. */
  readonly callId: string;
  /** Media that the caller asks for. */
  readonly media: CallMedia;
}

/** A call comes in. The host may ring, vibrate or show a notification. */
export class SxIncomingEvent extends SxFactEvent<SxIncomingDetail> {
  static readonly eventName = "sx-incoming";
  declare readonly type: typeof SxIncomingEvent.eventName;

  constructor(detail: SxIncomingDetail) {
    super(SxIncomingEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-incoming": SxIncomingEvent;
  }
}
