import { SxIntentEvent } from "./sx-event.ts";

/** `detail` of `sx-set-volume`. */
export interface SxSetVolumeDetail {
  /** 0 (silent) to 1. */
  readonly volume: number;
  /** `call`: the voice of the other side. `screen`: the sound of its shared screen. */
  readonly of: "call" | "screen";
}

/**
 * The person sets how loud the other side is. The nearest view performs it (`callVolume`, `screenVolume`). A host may keep it for each
 * contact, and set the property before the next call.
 */
export class SxSetVolumeEvent extends SxIntentEvent<SxSetVolumeDetail> {
  static readonly eventName = "sx-set-volume";
  declare readonly type: typeof SxSetVolumeEvent.eventName;

  constructor(detail: SxSetVolumeDetail) {
    super(SxSetVolumeEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-set-volume": SxSetVolumeEvent;
  }
}
