import { SxIntentEvent, type SxToggleDetail } from "./sx-event.ts";

/** The person turns this side's camera on or off. */
export class SxToggleCameraEvent extends SxIntentEvent<SxToggleDetail | null> {
  static readonly eventName = "sx-toggle-camera";
  declare readonly type: typeof SxToggleCameraEvent.eventName;

  /** @param detail - desired state. Omit to toggle. */
  constructor(detail: SxToggleDetail | null = null) {
    super(SxToggleCameraEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-toggle-camera": SxToggleCameraEvent;
  }
}
