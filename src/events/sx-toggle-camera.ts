import { SxIntentEvent } from "./sx-event.ts";

/** The person switches the own camera off, or on again. */
export class SxToggleCameraEvent extends SxIntentEvent<null> {
  static readonly eventName = "sx-toggle-camera";
  declare readonly type: typeof SxToggleCameraEvent.eventName;

  constructor() {
    super(SxToggleCameraEvent.eventName, null);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-toggle-camera": SxToggleCameraEvent;
  }
}
