import { SxIntentEvent, type SxToggleDetail } from "./sx-event.ts";

/** The person turns this side's microphone on or off. */
export class SxToggleMicrophoneEvent extends SxIntentEvent<SxToggleDetail | null> {
  static readonly eventName = "sx-toggle-microphone";
  declare readonly type: typeof SxToggleMicrophoneEvent.eventName;

  /** @param detail - desired state. Omit to toggle. */
  constructor(detail: SxToggleDetail | null = null) {
    super(SxToggleMicrophoneEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-toggle-microphone": SxToggleMicrophoneEvent;
  }
}
