import { SxFactEvent } from "./sx-event.ts";

/** What `sx-call-held` carries. */
export interface SxCallHeldDetail {
  /** The call's id: 16 random bytes, base64url. */
  readonly callId: string;
  /** Whether it is on hold now, as far as this side of it goes. */
  readonly held: boolean;
  /** Which side has done it. */
  readonly by: "local" | "remote";
}

/** A call was put on hold, or goes on. */
export class SxCallHeldEvent extends SxFactEvent<SxCallHeldDetail> {
  static readonly eventName = "sx-call-held";
  declare readonly type: typeof SxCallHeldEvent.eventName;

  constructor(detail: SxCallHeldDetail) {
    super(SxCallHeldEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-call-held": SxCallHeldEvent;
  }
}
