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

/** `detail` of `sx-decline` for a waiting call or with a text. `null` for the call on screen without one. */
export interface SxDeclineDetail {
  /** The waiting call's id; absent for the call on screen. */
  readonly callId?: string;
  /** Words for the caller. */
  readonly text?: string;
}

/** The person declines the incoming call. The caller is notified. */
export class SxDeclineEvent extends SxIntentEvent<SxDeclineDetail | null> {
  static readonly eventName = "sx-decline";
  declare readonly type: typeof SxDeclineEvent.eventName;

  constructor(detail: SxDeclineDetail | null = null) {
    super(SxDeclineEvent.eventName, detail);
  }
}

/** `detail` of `sx-ignore` for a waiting call. `null` for the call on screen. */
export interface SxIgnoreDetail {
  /** The waiting call's id. */
  readonly callId: string;
}

/** The person stops the incoming call from ringing here. The caller is not notified. */
export class SxIgnoreEvent extends SxIntentEvent<SxIgnoreDetail | null> {
  static readonly eventName = "sx-ignore";
  declare readonly type: typeof SxIgnoreEvent.eventName;

  constructor(detail: SxIgnoreDetail | null = null) {
    super(SxIgnoreEvent.eventName, detail);
  }
}

/** `detail` of `sx-resume`. */
export interface SxResumeDetail {
  /** Id of a call on hold, or of the call before the page was reloaded. */
  readonly callId: string;
}

/** The person resumes a call. A different call on screen is put on hold. */
export class SxResumeEvent extends SxIntentEvent<SxResumeDetail> {
  static readonly eventName = "sx-resume";
  declare readonly type: typeof SxResumeEvent.eventName;

  constructor(detail: SxResumeDetail) {
    super(SxResumeEvent.eventName, detail);
  }
}

/** `detail` of `sx-hide-address`. */
export interface SxHideAddressDetail {
  /** `true` to hide this device's IP address from the other side. */
  readonly on: boolean;
}

/** The person chooses whether the other side may learn this device's IP address. Hidden, media goes through a relay only. */
export class SxHideAddressEvent extends SxIntentEvent<SxHideAddressDetail> {
  static readonly eventName = "sx-hide-address";
  declare readonly type: typeof SxHideAddressEvent.eventName;

  constructor(detail: SxHideAddressDetail) {
    super(SxHideAddressEvent.eventName, detail);
  }
}

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
    "sx-accept": SxAcceptEvent;
    "sx-decline": SxDeclineEvent;
    "sx-ignore": SxIgnoreEvent;
    "sx-resume": SxResumeEvent;
    "sx-hide-address": SxHideAddressEvent;
    "sx-call-back": SxCallBackEvent;
    "sx-open-call": SxOpenCallEvent;
    "sx-close": SxCloseEvent;
  }
}
