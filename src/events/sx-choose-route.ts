import { SxIntentEvent } from "./sx-event.ts";

/** What was chosen. */
export interface SxChooseRouteDetail {
  /** The `id` of one of the `audioRoutes` that the host gave. */
  readonly id: string;
}

/** The person wants the sound somewhere else: for the host to do, which gave the routes. The kit does nothing of its own. */
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
