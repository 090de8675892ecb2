import { SxIntentEvent } from "./sx-event.ts";

/** `detail` of `sx-choose-route`. */
export interface SxChooseRouteDetail {
  /** The `id` of one of the host's `audioRoutes`. */
  readonly id: string;
}

/** The person selects one of the host's `audioRoutes`. The host changes the route: the kit has no default action. */
export class SxChooseRouteEvent extends SxIntentEvent<SxChooseRouteDetail> {
  static readonly eventName = "sx-choose-route";
  declare readonly type: typeof SxChooseRouteEvent.eventName;

  constructor(detail: SxChooseRouteDetail) {
    super(SxChooseRouteEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-choose-route": SxChooseRouteEvent;
  }
}
