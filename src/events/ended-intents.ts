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

/** `detail` of `sx-open-call`. */
export interface SxOpenCallDetail {
  /** Id of the ongoing call. */
  readonly callId: string;
}

/** The person opens an ongoing call from a chat or a history. The host shows the call: the kit has no default action. */
export class SxOpenCallEvent extends SxIntentEvent<SxOpenCallDetail> {
  static readonly eventName = "sx-open-call";
  declare readonly type: typeof SxOpenCallEvent.eventName;

  constructor(detail: SxOpenCallDetail) {
    super(SxOpenCallEvent.eventName, detail);
  }
}

/** The screen of an ended call closes: the person has closed it, or needs no time to read it. */
export class SxCloseEvent extends SxIntentEvent<null> {
  static readonly eventName = "sx-close";
  declare readonly type: typeof SxCloseEvent.eventName;

  constructor() {
    super(SxCloseEvent.eventName, null);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-call-back": SxCallBackEvent;
    "sx-open-call": SxOpenCallEvent;
    "sx-close": SxCloseEvent;
  }
}
