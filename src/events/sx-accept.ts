import type { CallMedia } from "../call/terms.ts";
import { SxIntentEvent } from "./sx-event.ts";

/** What `sx-accept` carries. */
export interface SxAcceptDetail {
  /** With sound only, or with picture too. */
  readonly media: CallMedia;
  /** The call that is meant, where it waits beside another one. */
  readonly callId?: string;
  /** What becomes of the call that is shown, where another one is accepted. */
  readonly active?: "end" | "hold";
}

/** The person accepts the incoming call. */
export class SxAcceptEvent extends SxIntentEvent<SxAcceptDetail> {
  static readonly eventName = "sx-accept";
  declare readonly type: typeof SxAcceptEvent.eventName;

  constructor(detail: SxAcceptDetail) {
    super(SxAcceptEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-accept": SxAcceptEvent;
  }
}
