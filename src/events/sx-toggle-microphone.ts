import { SxIntentEvent } from "./sx-event.ts";

/** The person switches the own microphone off, or on again. */
export class SxToggleMicrophoneEvent extends SxIntentEvent<null> {
  static readonly eventName = "sx-toggle-microphone";
  declare readonly type: typeof SxToggleMicrophoneEvent.eventName;

  constructor() {
    super(SxToggleMicrophoneEvent.eventName, null);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-toggle-microphone": SxToggleMicrophoneEvent;
  }
}
