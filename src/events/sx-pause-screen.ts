import { SxIntentEvent, type SxToggleDetail } from "./sx-event.ts";

/** The person pauses the shared screen, so that the other side keeps a still of it, or goes on. The nearest view performs it. */
export class SxPauseScreenEvent extends SxIntentEvent<SxToggleDetail> {
  static readonly eventName = "sx-pause-screen";
  declare readonly type: typeof SxPauseScreenEvent.eventName;

  constructor(detail: SxToggleDetail) {
    super(SxPauseScreenEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-pause-screen": SxPauseScreenEvent;
  }
}
