import type { VoiceProcessing } from "../call/state/devices.ts";
import { SxIntentEvent } from "./sx-event.ts";

/** What `sx-switch-voice` carries. */
export interface SxSwitchVoiceDetail {
  /** One that is not `null` in `CallSnapshot.voice`. */
  readonly feature: keyof VoiceProcessing;
  readonly on: boolean;
}

/** The person switches what the microphone does to the voice. */
export class SxSwitchVoiceEvent extends SxIntentEvent<SxSwitchVoiceDetail> {
  static readonly eventName = "sx-switch-voice";
  declare readonly type: typeof SxSwitchVoiceEvent.eventName;

  constructor(detail: SxSwitchVoiceDetail) {
    super(SxSwitchVoiceEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-switch-voice": SxSwitchVoiceEvent;
  }
}
