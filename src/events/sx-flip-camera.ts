import { SxIntentEvent } from "./sx-event.ts";

/** The person wants the camera that looks the other way. */
export class SxFlipCameraEvent extends SxIntentEvent<null> {
  static readonly eventName = "sx-flip-camera";
  declare readonly type: typeof SxFlipCameraEvent.eventName;

  constructor() {
    super(SxFlipCameraEvent.eventName, null);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-flip-camera": SxFlipCameraEvent;
  }
}
