import type { CallMedia } from "../call/terms.ts";
import { SxIntentEvent } from "./sx-event.ts";

/** `detail` of `sx-call-back`. */
export interface SxCallBackDetail {
  /** `audio` calls with sound only, `video` with the camera too. */
  readonly media: CallMedia;
  /** Id of the call in the history. Absent for the call that has just ended. */
  readonly callId?: string;
  /** The person to call, as the host named them. Absent where the history belongs to one contact. */
  readonly contact?: { readonly id: string; readonly name: string; readonly avatarUrl?: string };
}

/** The person calls the contact of an ended call. */
export class SxCallBackEvent extends SxIntentEvent<SxCallBackDetail> {
  static readonly eventName = "sx-call-back";
  declare readonly type: typeof SxCallBackEvent.eventName;

  constructor(detail: SxCallBackDetail) {
    super(SxCallBackEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-call-back": SxCallBackEvent;
  }
}
