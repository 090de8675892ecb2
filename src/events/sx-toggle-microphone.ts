import { SxIntentEvent, type SxToggleDetail } from "./sx-event.ts";

/** The person switches the own microphone off, or on again. */
export class SxToggleMicrophoneEvent extends SxIntentEvent<SxToggleDetail | null> {
  static readonly eventName = "sx-toggle-microphone";
  declare readonly type: typeof SxToggleMicrophoneEvent.eventName;

  /** @param detail - what it shall be; without it the other of what it is. */
  constructor(detail: SxToggleDetail | null = null) {
    super(SxToggleMicrophoneEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-toggle-microphone": SxToggleMicrophoneEvent;
  }
}
