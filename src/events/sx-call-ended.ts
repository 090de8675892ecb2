import type { CallRecord } from "../call/record.ts";
import { SxFactEvent } from "./sx-event.ts";

/** `detail` of `sx-call-ended`. */
export interface SxCallEndedDetail {
  /** The record of the call. JSON-safe. */
  readonly record: CallRecord;
  /**
   * 32 bytes derived from the keys of the call. Present only where both people confirmed the security code.
   *
   * Both hosts store it for the contact and set it as `hostSecret` of their next call. That call then connects only between the
   * same two devices.
   */
  readonly continuity?: Uint8Array;
}

/** A call ended. Its record is the immutable item for the chat history. */
export class SxCallEndedEvent extends SxFactEvent<SxCallEndedDetail> {
  static readonly eventName = "sx-call-ended";
  declare readonly type: typeof SxCallEndedEvent.eventName;

  constructor(detail: SxCallEndedDetail) {
    super(SxCallEndedEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-call-ended": SxCallEndedEvent;
  }
}
