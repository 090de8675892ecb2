import { SxIntentEvent } from "./sx-event.ts";

/** What a person can ask of the screen itself, beside the call. */
export type ScreenAction =
  "picture-in-picture" | "full-screen" | "fit" | "swap-pictures" | "security" | "devices" | "help";

/** What the person asks of the screen. */
export interface SxScreenActionDetail {
  readonly action: ScreenAction;
}

/** The person asks something of the screen, not of the call. The nearest view does it unless a host prevents it. */
export class SxScreenActionEvent extends SxIntentEvent<SxScreenActionDetail> {
  static readonly eventName = "sx-screen-action";
  declare readonly type: typeof SxScreenActionEvent.eventName;

  constructor(detail: SxScreenActionDetail) {
    super(SxScreenActionEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-screen-action": SxScreenActionEvent;
  }
}
