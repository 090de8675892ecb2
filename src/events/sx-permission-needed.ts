import { SxFactEvent } from "./sx-event.ts";

/** What is refused. */
export interface SxPermissionNeededDetail {
  readonly device: "microphone" | "camera";
}

/** A device was refused, by the person, the browser or the system: a native host can offer its settings. Once for each refusal. */
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
