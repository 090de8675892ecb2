import type { CallStateName } from "../call/terms.ts";
import { SxFactEvent } from "./sx-event.ts";

/** What `sx-state-changed` carries. */
export interface SxStateChangedDetail {
  /** The state the call is in now. */
  readonly state: CallStateName;
  /** The state it came from. */
  readonly previous: CallStateName;
}

/** The call went from one state to another. */
export class SxStateChangedEvent extends SxFactEvent<SxStateChangedDetail> {
  static readonly eventName = "sx-state-changed";
  declare readonly type: typeof SxStateChangedEvent.eventName;

  constructor(detail: SxStateChangedDetail) {
    super(SxStateChangedEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-state-changed": SxStateChangedEvent;
  }
}
