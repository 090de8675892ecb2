import { SxIntentEvent } from "./sx-event.ts";

/** The person wants to hear the speaker. The nearest view plays a tone on the chosen one, as loud as the call. */
export class SxTestSpeakerEvent extends SxIntentEvent<null> {
  static readonly eventName = "sx-test-speaker";
  declare readonly type: typeof SxTestSpeakerEvent.eventName;

  constructor() {
    super(SxTestSpeakerEvent.eventName, null);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-test-speaker": SxTestSpeakerEvent;
  }
}
