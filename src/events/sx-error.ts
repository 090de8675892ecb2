import type { CallEnding } from "../call/record.ts";
import { SxFactEvent } from "./sx-event.ts";

/** The codes of `errors.ts`, reached through the snapshot: this room imports nothing but the types of the call and its signals. */
export type ErrorCode = NonNullable<CallEnding["problem"]>;

/** What `sx-error` carries. */
export interface SxErrorDetail {
  /** For programs. */
  readonly code: ErrorCode;
  /** A plain English sentence for developers. It holds no key, SDP, candidate or name. */
  readonly message: string;
}

/** Something failed, or a signal was refused. The call goes on unless `sx-call-ended` follows. */
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
