import type { CallEnding } from "../call/record.ts";
import { SxFactEvent } from "./sx-event.ts";

/** The codes of `errors.ts`, taken from the snapshot: `events` may import types of `call` and `signalling` only. */
export type ErrorCode = NonNullable<CallEnding["problem"]>;

/**
 * Codes of warnings, after which the call continues. `worker-unavailable`: the frame worker did not start; `message` names its
 * location.
 */
export type WarningCode = "worker-unavailable";

/** `detail` of `sx-error`. */
export interface SxErrorDetail {
  /** Error code for programs. */
  readonly code: ErrorCode | WarningCode;
  /** English sentence for developers. It holds no key, SDP, candidate or name. */
  readonly message: string;
}

/** An operation failed or a signal was refused. The call continues unless `sx-call-ended` follows. */
export class SxErrorEvent extends SxFactEvent<SxErrorDetail> {
  static readonly eventName = "sx-error";
  declare readonly type: typeof SxErrorEvent.eventName;

  constructor(detail: SxErrorDetail) {
    super(SxErrorEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-error": SxErrorEvent;
  }
}
