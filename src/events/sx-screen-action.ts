import { SxIntentEvent } from "./sx-event.ts";

/** Actions on the screen rather than the call. */
export type ScreenAction =
  | "picture-in-picture"
  | "full-screen"
  | "fit"
  | "swap-pictures"
  /** Pauses the shared screen, of which the other side keeps a still, or goes on. */
  | "pause-screen"
  /** Asks what to share in place of the shared screen. */
  | "change-screen"
  | "security"
  | "devices"
  | "text"
  | "help";

/** `detail` of `sx-screen-action`. */
export interface SxScreenActionDetail {
  /** The action to perform. */
  readonly action: ScreenAction;
  /** With the action `devices`: the only kind of device to choose from. All of them without it. */
  readonly device?: "microphone" | "camera" | undefined;
}

/** The person performs an action on the screen rather than the call. The nearest view performs it. */
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
