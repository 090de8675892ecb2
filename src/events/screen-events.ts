import { SxIntentEvent, type SxToggleDetail, SxFactEvent } from "./sx-event.ts";
import type { TextMessage } from "../call/rules/text.ts";

/** The person starts or stops sharing this side's screen. */
export class SxToggleScreenEvent extends SxIntentEvent<null> {
  static readonly eventName = "sx-toggle-screen";
  declare readonly type: typeof SxToggleScreenEvent.eventName;

  constructor() {
    super(SxToggleScreenEvent.eventName, null);
  }
}

/** The person pauses the shared screen, so that the other side keeps a still of it, or goes on. The nearest view performs it. */
export class SxPauseScreenEvent extends SxIntentEvent<SxToggleDetail> {
  static readonly eventName = "sx-pause-screen";
  declare readonly type: typeof SxPauseScreenEvent.eventName;

  constructor(detail: SxToggleDetail) {
    super(SxPauseScreenEvent.eventName, detail);
  }
}

/** The person wants to share another screen, window or tab in place of the shared one, which stays until then. The nearest view performs it. */
export class SxChangeScreenEvent extends SxIntentEvent<null> {
  static readonly eventName = "sx-change-screen";
  declare readonly type: typeof SxChangeScreenEvent.eventName;

  constructor() {
    super(SxChangeScreenEvent.eventName, null);
  }
}

/** Actions on the screen rather than the call. */
export type ScreenAction =
  | "picture-in-picture"
  | "full-screen"
  | "fit"
  | "swap-pictures"
  /** Pauses the shared screen, of which the other side keeps a still, or goes on. */
  | "pause-screen"
  /** Asks what to share in place of the shared screen. */
  | "change-screen"
  | "security"
  | "devices"
  | "text"
  | "help";

/** `detail` of `sx-screen-action`. */
export interface SxScreenActionDetail {
  /** The action to perform. */
  readonly action: ScreenAction;
  /** With the action `devices`: the only kind of device to choose from. All of them without it. */
  readonly device?: "microphone" | "camera" | undefined;
}

/** The person performs an action on the screen rather than the call. The nearest view performs it. */
export class SxScreenActionEvent extends SxIntentEvent<SxScreenActionDetail> {
  static readonly eventName = "sx-screen-action";
  declare readonly type: typeof SxScreenActionEvent.eventName;

  constructor(detail: SxScreenActionDetail) {
    super(SxScreenActionEvent.eventName, detail);
  }
}

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

/** `detail` of `sx-menu-open`. */
export interface SxMenuOpenDetail {
  /** `true` while the menu is open. */
  readonly open: boolean;
}

/** The toolbar's menu opened or closed. */
export class SxMenuOpenEvent extends SxFactEvent<SxMenuOpenDetail> {
  static readonly eventName = "sx-menu-open";
  declare readonly type: typeof SxMenuOpenEvent.eventName;

  constructor(detail: SxMenuOpenDetail) {
    super(SxMenuOpenEvent.eventName, detail);
  }
}

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
  /** Messages of both sides, the oldest first. Plain text of another person: never use it as HTML. */
  readonly messages: readonly TranscriptMessage[];
}

/** Transcript of a call that ends. Fired before `sx-call-ended`, and only if the host has set `transcript`. */
export class SxTranscriptEvent extends SxFactEvent<SxTranscriptDetail> {
  static readonly eventName = "sx-transcript";
  declare readonly type: typeof SxTranscriptEvent.eventName;

  constructor(detail: SxTranscriptDetail) {
    super(SxTranscriptEvent.eventName, detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "sx-toggle-screen": SxToggleScreenEvent;
    "sx-pause-screen": SxPauseScreenEvent;
    "sx-change-screen": SxChangeScreenEvent;
    "sx-screen-action": SxScreenActionEvent;
    "sx-picture-in-picture": SxPictureInPictureEvent;
    "sx-menu-open": SxMenuOpenEvent;
    "sx-note": SxNoteEvent;
    "sx-transcript": SxTranscriptEvent;
  }
}
