import type { CallStateName } from "../call/terms.ts";
import { SxFactEvent } from "./sx-event.ts";

/** `detail` of `sx-state-changed`. */
export interface SxStateChangedDetail {
  /** The new state. */
  readonly state: CallStateName;
  /** The previous state. */
  readonly previous: CallStateName;
}

/** The state of the call changed. */
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
