import type { CallMedia } from "../call/terms.ts";
import { SxIntentEvent } from "./sx-event.ts";

/** `detail` of `sx-accept`. */
export interface SxAcceptDetail {
  /** `audio` accepts with sound only, `video` with the camera too. */
  readonly media: CallMedia;
  /** Id of the waiting call to accept. Absent for the call on screen. */
  readonly callId?: string;
  /** Action on the call on screen when a waiting call is accepted. */
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
