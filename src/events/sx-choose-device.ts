import { SxIntentEvent } from "./sx-event.ts";

/** What `sx-choose-device` carries. */
export interface SxChooseDeviceDetail {
  readonly device: "microphone" | "camera" | "speaker";
  /** One of the ids in `CallSnapshot.devices`; of a speaker also the empty one, for the system's own. */
  readonly id: string;
}

/** The person chooses another microphone, camera or speaker. */
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
