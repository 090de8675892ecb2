import { SxIntentEvent, type SxToggleDetail } from "./sx-event.ts";

/** The person switches the own camera off, or on again. */
export class SxToggleCameraEvent extends SxIntentEvent<SxToggleDetail | null> {
  static readonly eventName = "sx-toggle-camera";
  declare readonly type: typeof SxToggleCameraEvent.eventName;

  /** @param detail - what it shall be; without it the other of what it is. */
  constructor(detail: SxToggleDetail | null = null) {
    super(SxToggleCameraEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-toggle-camera": SxToggleCameraEvent;
  }
}
