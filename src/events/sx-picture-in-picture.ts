import { SxIntentEvent } from "./sx-event.ts";

/** Where the picture is wanted. */
export interface SxPictureInPictureDetail {
  /** Whether the call goes to a window of its own, or comes back to the page. */
  readonly on: boolean;
}

/**
 * The person wants the call in a small window of its own, or back in the page. A host with a window of its own prevents it and
 * does it itself; else the browser's is used, where there is one.
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
