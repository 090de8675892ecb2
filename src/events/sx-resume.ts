import { SxIntentEvent } from "./sx-event.ts";

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

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-resume": SxResumeEvent;
  }
}
