import { SxFactEvent } from "./sx-event.ts";

/** `detail` of `sx-permission-needed`. */
export interface SxPermissionNeededDetail {
  /** The refused device. */
  readonly device: "microphone" | "camera";
}

/**
 * The person, the browser or the system refused a device. Fired once for each refusal, so that a native host can open its
 * settings.
 */
export class SxPermissionNeededEvent extends SxFactEvent<SxPermissionNeededDetail> {
  static readonly eventName = "sx-permission-needed";
  declare readonly type: typeof SxPermissionNeededEvent.eventName;

  constructor(detail: SxPermissionNeededDetail) {
    super(SxPermissionNeededEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-permission-needed": SxPermissionNeededEvent;
  }
}
