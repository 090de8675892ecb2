import type { nothing, TemplateResult } from "lit";
import type { Conversation } from "../../call/rules/text.ts";
import type { CallSnapshot } from "../../call/snapshot.ts";
import type { CallTracks } from "../../controller/call-source.ts";
import type { ScreenAction } from "../../events/screen-events.ts";
import type { AudioRoute } from "../shared/status-icons.ts";
import type { ShownContact } from "../shared/contact.ts";
import type { PlayWatch } from "../shared/play-track.ts";
import type { ShortcutKeys } from "../shared/shortcut-keys.ts";
import type { Localize } from "../words/strings.ts";
import type { Corner } from "./pictures/small-picture.ts";

/** A call beside the one that is shown, and who is on its other side: without a picture that may not be loaded yet. */
export interface OtherCall {
  readonly snapshot: CallSnapshot;
  readonly contact: ShownContact;
}

/** Pictures to show. */
export type ShownPictures = "all" | "remote" | "local";

/** A button that a call has once it is connected. */
export type LaterButton = ScreenAction | "screen";

/** Video layout: the person's choices, and the available screen actions. */
export interface PictureLayout {
  readonly small: {
    readonly corner: Corner;
    readonly isSwapped: boolean;
    readonly onPointerDown: (event: PointerEvent) => void;
    readonly onPointerMove: (event: PointerEvent) => void;
    readonly onPointerUp: (event: PointerEvent) => void;
    readonly onClick: (event: Event) => void;
    readonly onKeyDown: (event: KeyboardEvent) => void;
  };
  readonly fit: { readonly measure: () => void };
  /** View of the other side's shared screen. Empty without one, and until its chunk is loaded. */
  readonly shared: {
    /** `true` to show the screen alone. */
    readonly isPeopleHidden: boolean;
    readonly hidePeople: (hide: boolean) => void;
    readonly picture: (scene: CallScene) => TemplateResult | typeof nothing;
    readonly tileName: (name: string) => TemplateResult | typeof nothing;
    readonly surface: (scene: CallScene) => TemplateResult | typeof nothing;
    readonly tools: (scene: CallScene) => TemplateResult | typeof nothing;
  };
  /** Handles `loadeddata` of the videos of both cameras. */
  readonly onData: (event: Event) => void;
  /** `true` while the call is in a small window. */
  readonly isElsewhere: boolean;
  /** Screen actions that are available now. */
  readonly extras: readonly ScreenAction[];
  /** Buttons that the call has once it is connected: they keep their place until then. */
  readonly later: readonly LaterButton[];
  readonly perform: (action: ScreenAction) => void;
}

/** Input of every screen of the view at one moment. */
export interface ViewScene {
  readonly snapshot: CallSnapshot;
  readonly tracks: CallTracks;
  /** Without a picture that may not be loaded yet. */
  readonly contact: ShownContact;
  readonly language: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly localize: Localize;
  /** Writing direction set by the host, for inner elements; "" for the document's. */
  readonly dir: string;
  readonly pictures: ShownPictures;
  /** Other calls, the newest first. */
  readonly otherCalls: readonly OtherCall[];
  /** Resumes a held call. */
  readonly resume: (callId: string) => void;
  /** Hides or reveals this device's address. */
  readonly hideAddress: (hide: boolean) => void;
  /** Texts to decline with; `null` for no such way. */
  readonly quickTexts: readonly string[] | null;
  /** `true` with buttons other than the lock. */
  readonly hasButtons: boolean;
}

/** Text of the call on screen. */
export interface TextScene {
  readonly conversation: Conversation;
  readonly open: () => void;
  /** Renders the conversation; nothing until its chunk is loaded. */
  readonly render: (scene: CallScene) => unknown;
}

/** Decoded pictures of a call. */
export interface TheirPicture {
  readonly isDecoded: boolean;
  /** `true` while the first one of a call may still come: the own one stays large until then. */
  readonly isAwaited: boolean;
  /** `true` once the own picture is decoded. */
  readonly isOwnDecoded: boolean;
  /** `true` once the shared screen is decoded: the camera stays until then. */
  readonly isScreenDecoded: boolean;
}

/** Input of the in-call screen at one moment. */
export interface CallScene extends ViewScene {
  /** Playback, and whether the browser blocks it. */
  readonly sound: PlayWatch & { readonly isBlocked: boolean };
  /** Video layout. */
  readonly layout: PictureLayout;
  /** The other side's picture, as it comes. */
  readonly theirs: TheirPicture;
  /** Screen reader text about own devices. */
  readonly hintLine: string;
  /** `true` where another call helps after the end of this one. */
  readonly helpsToCall: boolean;
  /** Renders the browser's own button to allow what was refused, or the steps to allow it. */
  readonly permissionSteps: (refused: "microphone" | "camera" | "call") => unknown;
  /** Renders the words with which the other side has declined; nothing without any. */
  readonly declineText: () => TemplateResult | typeof nothing;
  /** Renders the contact's picture behind the whole scene; nothing without one. */
  readonly behind: () => TemplateResult | typeof nothing;
  /** Renders the offer to leave a note; nothing without one. */
  readonly noteOffer: () => TemplateResult | typeof nothing;
  /** Renders the open note, which has the whole screen; `null` without one. */
  readonly note: () => TemplateResult | null;
  /** Returns the words for the length of a call. */
  readonly spokenDuration: (seconds: number) => string;
  /** Shortcuts, devices and permission help. */
  readonly input: {
    readonly keys: ShortcutKeys;
    readonly audioRoutes: readonly AudioRoute[] | null;
    /** 0 to 1; `null` where the system alone sets it. */
    readonly volumes: { readonly call: number; readonly screen: number } | null;
    readonly flip: () => void;
    readonly stopSharing: () => void;
    readonly pauseSharing: (on: boolean) => void;
    readonly shareOther: () => void;
    readonly tryAgain: (device: "microphone" | "camera") => void;
  };
  /** `null` where the call has no text. */
  readonly text: TextScene | null;
  /** The open panel, if any. */
  readonly panel: {
    readonly shown: PanelName | null;
    readonly isOpen: boolean;
    /** The only kind of device that the panel of devices has; `null` for all. */
    readonly device: "microphone" | "camera" | null;
    readonly open: () => void;
    readonly close: () => void;
  };
}

/** Content of the screen: the shared screen, the other side, the own camera before the other side's, or none. */
export type Backdrop = "screen" | "remote" | "self" | "none";

/** Returns the content of the screen. */
export function backdropOf({
  tracks,
  pictures,
  theirs,
}: Pick<CallScene, "tracks" | "pictures" | "theirs">): Backdrop {
  if (pictures === "local") return tracks.localCamera ? "self" : "none";
  if (tracks.remoteScreen && theirs.isScreenDecoded) return "screen";
  if (tracks.remoteCamera && theirs.isDecoded) return "remote";
  if (pictures === "remote") return "none";
  return theirs.isAwaited && theirs.isOwnDecoded ? "self" : "none";
}

/** Returns `true` with two video pictures to swap. */
export function canSwap(scene: Pick<CallScene, "tracks" | "pictures" | "theirs">): boolean {
  return (
    scene.pictures === "all" && scene.tracks.localCamera !== null && backdropOf(scene) === "remote"
  );
}

/** A panel over the call: security, devices, text, or shortcuts. */
export type PanelName = "security" | "devices" | "text" | "help";

/** Returns `true` with a lock: before media may flow there is no measurement. */
export const hasLock = ({ state }: CallSnapshot): boolean =>
  state === "connected" || state === "reconnecting";
