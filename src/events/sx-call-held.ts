import { SxFactEvent } from "./sx-event.ts";

/** `detail` of `sx-call-held`. */
export interface SxCallHeldDetail {
  /** The call's id: 16 random bytes, base64url. */
  readonly callId: string;
  /** `true` while the side named by `by` holds the call. */
  readonly held: boolean;
  /** The side that changed it. */
  readonly by: "local" | "remote";
}

/** A call was put on hold or resumed. */
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
