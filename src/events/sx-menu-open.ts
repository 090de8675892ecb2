import { SxFactEvent } from "./sx-event.ts";

/** What has become of the menu. */
export interface SxMenuOpenDetail {
  readonly open: boolean;
}

/** The menu of a toolbar has opened or closed. */
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
