import { SxIntentEvent } from "./sx-event.ts";

/** `detail` of `sx-picture-in-picture`. */
export interface SxPictureInPictureDetail {
  /** `true` to move the call to a small window, `false` to bring it back to the page. */
  readonly on: boolean;
}

/**
 * The person moves the call to a small window, or back to the page. A host with its own small window calls `preventDefault()`
 * and opens it. Otherwise the browser's picture-in-picture is used where it exists.
 */
export class SxPictureInPictureEvent extends SxIntentEvent<SxPictureInPictureDetail> {
  static readonly eventName = "sx-picture-in-picture";
  declare readonly type: typeof SxPictureInPictureEvent.eventName;

  constructor(detail: SxPictureInPictureDetail) {
    super(SxPictureInPictureEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-picture-in-picture": SxPictureInPictureEvent;
  }
}
