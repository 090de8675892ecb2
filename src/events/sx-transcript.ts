import type { TextMessage } from "../call/state/text.ts";
import { SxFactEvent } from "./sx-event.ts";

/** A message in the transcript of a call. */
export type TranscriptMessage = Pick<TextMessage, "from" | "text" | "at">;

/** `detail` of `sx-transcript`. */
export interface SxTranscriptDetail {
  /** The call. */
  readonly callId: string;
  /** What both sides sent, the oldest first. Plain text: the other side chose it, so never use it as HTML. */
  readonly messages: readonly TranscriptMessage[];
}

/** What was written in a call that ends. Fired before `sx-call-ended`, and only where the host has set `transcript`. */
export class SxTranscriptEvent extends SxFactEvent<SxTranscriptDetail> {
  static readonly eventName = "sx-transcript";
  declare readonly type: typeof SxTranscriptEvent.eventName;

  constructor(detail: SxTranscriptDetail) {
    super(SxTranscriptEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-transcript": SxTranscriptEvent;
  }
}
