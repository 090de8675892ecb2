import { SxFactEvent } from "./sx-event.ts";
import type { TextMessage } from "../call/rules/text.ts";

/** `detail` of `sx-note`. */
export interface SxNoteDetail {
  /** Id of the call that nobody answered. */
  readonly callId: string;
  /** The recording. The kit keeps no copy of it. */
  readonly blob: Blob;
  /** Type of the recording, such as `audio/webm;codecs=opus`. */
  readonly mimeType: string;
  /** Length in milliseconds, at most 120,000. */
  readonly durationMs: number;
}

/** The person leaves a note for the contact of an unanswered call. The host sends it. */
export class SxNoteEvent extends SxFactEvent<SxNoteDetail> {
  static readonly eventName = "sx-note";
  declare readonly type: typeof SxNoteEvent.eventName;

  constructor(detail: SxNoteDetail) {
    super(SxNoteEvent.eventName, detail);
  }
}

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
    "sx-note": SxNoteEvent;
    "sx-transcript": SxTranscriptEvent;
  }
}
