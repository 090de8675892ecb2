import type { SignalMessage } from "../signalling/messages.ts";
import { SxFactEvent } from "./sx-event.ts";

/** `detail` of `sx-signal`. */
export interface SxSignalDetail {
  /** Argument of `receiveSignal()` on the other side. Plain JSON. */
  readonly message: SignalMessage;
}

/** A message for the other side. The host delivers it unread over its own end-to-end encrypted channel. */
export class SxSignalEvent extends SxFactEvent<SxSignalDetail> {
  static readonly eventName = "sx-signal";
  declare readonly type: typeof SxSignalEvent.eventName;

  constructor(detail: SxSignalDetail) {
    super(SxSignalEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-signal": SxSignalEvent;
  }
}
