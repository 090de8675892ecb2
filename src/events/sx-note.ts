import { SxFactEvent } from "./sx-event.ts";

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

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-note": SxNoteEvent;
  }
}
