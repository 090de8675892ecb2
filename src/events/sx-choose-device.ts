import { SxIntentEvent } from "./sx-event.ts";

/** `detail` of `sx-choose-device`. */
export interface SxChooseDeviceDetail {
  readonly device: "microphone" | "camera" | "speaker";
  /**
   * An id in `CallSnapshot.devices`. For a speaker, `""` selects the system's default output, and `null` lets the person choose in a window
   * of the browser, where `canAskForSpeaker` is set.
   */
  readonly id: string | null;
}

/** The person selects another microphone, camera or speaker. */
export class SxChooseDeviceEvent extends SxIntentEvent<SxChooseDeviceDetail> {
  static readonly eventName = "sx-choose-device";
  declare readonly type: typeof SxChooseDeviceEvent.eventName;

  constructor(detail: SxChooseDeviceDetail) {
    super(SxChooseDeviceEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-choose-device": SxChooseDeviceEvent;
  }
}
