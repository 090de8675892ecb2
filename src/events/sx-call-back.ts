import type { CallMedia } from "../call/terms.ts";
import { SxIntentEvent } from "./sx-event.ts";

/** What `sx-call-back` carries. */
export interface SxCallBackDetail {
  /** With sound only, or with picture too. */
  readonly media: CallMedia;
  /** The id of the call that is answered by this one; absent where it is the call that was just shown. */
  readonly callId?: string;
  /** Whom to call, as the host named them for the call; absent where the history is of one contact. */
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
