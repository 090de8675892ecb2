import { SxIntentEvent } from "./sx-event.ts";

/** What `sx-resume` carries. */
export interface SxResumeDetail {
  /** The call's id: one on hold, or the one that the page was in before it was loaded anew. */
  readonly callId: string;
}

/** The person goes on with a call. Where it is another one than the one that is shown, that one is put on hold. */
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
