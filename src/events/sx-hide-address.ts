import { SxIntentEvent } from "./sx-event.ts";

/** `detail` of `sx-hide-address`. */
export interface SxHideAddressDetail {
  /** `true` to hide this device's IP address from the other side. */
  readonly on: boolean;
}

/** The person chooses whether the other side may learn this device's IP address. Hidden, media goes through a relay only. */
export class SxHideAddressEvent extends SxIntentEvent<SxHideAddressDetail> {
  static readonly eventName = "sx-hide-address";
  declare readonly type: typeof SxHideAddressEvent.eventName;

  constructor(detail: SxHideAddressDetail) {
    super(SxHideAddressEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-hide-address": SxHideAddressEvent;
  }
}
