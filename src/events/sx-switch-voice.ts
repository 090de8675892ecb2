import type { VoiceProcessing } from "../call/state/devices.ts";
import { SxIntentEvent } from "./sx-event.ts";

/** `detail` of `sx-switch-voice`. */
export interface SxSwitchVoiceDetail {
  /** A key of `CallSnapshot.voice` whose value is not `null`. */
  readonly feature: keyof VoiceProcessing;
  /** `true` to turn it on. */
  readonly on: boolean;
}

/** The person turns a voice processing feature of the microphone on or off. */
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
