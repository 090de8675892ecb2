import { SxIntentEvent } from "./sx-event.ts";

/** What the person has chosen. */
export interface SxHideAddressDetail {
  /** Whether the other side must not learn this device's IP address. */
  readonly on: boolean;
}

/** The person chooses whether the other side may learn this device's IP address: media then goes through a relay only. */
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
