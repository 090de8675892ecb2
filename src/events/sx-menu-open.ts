import { SxFactEvent } from "./sx-event.ts";

/** `detail` of `sx-menu-open`. */
export interface SxMenuOpenDetail {
  /** `true` while the menu is open. */
  readonly open: boolean;
}

/** The toolbar's menu opened or closed. */
export class SxMenuOpenEvent extends SxFactEvent<SxMenuOpenDetail> {
  static readonly eventName = "sx-menu-open";
  declare readonly type: typeof SxMenuOpenEvent.eventName;

  constructor(detail: SxMenuOpenDetail) {
    super(SxMenuOpenEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-menu-open": SxMenuOpenEvent;
  }
}
