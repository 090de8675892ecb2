import type { VoiceProcessing } from "../call/state/devices.ts";
import { SxIntentEvent } from "./sx-event.ts";

/** `detail` of `sx-switch-voice`. */
export interface SxSwitchVoiceDetail {
  /** A key of `CallSnapshot.voice` whose value is `true` or `false`. */
  readonly feature: keyof VoiceProcessing;
  /** `true` to turn it on. */
  readonly on: boolean;
}

/** The person turns processing of the voice, or blur of the camera's background, on or off. */
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
