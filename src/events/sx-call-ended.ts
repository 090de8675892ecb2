import type { CallRecord } from "../call/record.ts";
import { SxFactEvent } from "./sx-event.ts";

/** What `sx-call-ended` carries. */
export interface SxCallEndedDetail {
  /** How the call went. JSON-safe. */
  readonly record: CallRecord;
  /**
   * 32 bytes, where both people said that the codes match: what the call's keys leave to the two hosts. Each stores it for the contact
   * and brings it as `hostSecret` of the next call, which then stands only between the same two. Absent otherwise.
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
