import { SxIntentEvent } from "./sx-event.ts";

/** The person switches between the front and the back camera. */
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
