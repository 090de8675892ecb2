import type { CallSnapshot } from "../../call/snapshot.ts";
import type { CallTracks } from "../../controller/call-source.ts";
import type { ScreenAction } from "../../events/sx-screen-action.ts";
import type { AudioRoute } from "../device-menu/device-menu.ts";
import type { Contact } from "../shared/contact.ts";
import type { PlayWatch } from "../shared/play-track.ts";
import type { ShortcutKeys } from "../shared/shortcut-keys.ts";
import type { Localize } from "../words/strings.ts";
import type { Corner } from "./pictures/corners.ts";

/** A call beside the one that is shown, and who is on its other side. */
export interface OtherCall {
  readonly snapshot: CallSnapshot;
  readonly contact: Contact;
}

/** The newest call that waits beside the one that is shown. */
export function waitingOf({ otherCalls }: Pick<ViewScene, "otherCalls">): OtherCall | null {
  return otherCalls.find(({ snapshot }) => snapshot.state === "incoming") ?? null;
}

/** Which pictures of a call are shown. */
export type ShownPictures = "all" | "remote" | "local";

/** How the pictures lie: what a person has moved, swapped and fitted, and what else the screen can do. */
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
  /** Whether the call is in a small window of its own now. */
  readonly isElsewhere: boolean;
  /** What of the screen can be asked for now. */
  readonly extras: readonly ScreenAction[];
  readonly perform: (action: ScreenAction) => void;
}

/** What any screen of the view is drawn from, at one moment. */
export interface ViewScene {
  readonly snapshot: CallSnapshot;
  readonly tracks: CallTracks;
  readonly contact: Contact;
  readonly language: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly localize: Localize;
  /** The direction of writing where the host set it, for the elements inside; "" where it is the document's. */
  readonly dir: string;
  readonly pictures: ShownPictures;
  /** The calls beside the one that is shown, the newest first. */
  readonly otherCalls: readonly OtherCall[];
  /** Goes on with a call on hold. */
  readonly resume: (callId: string) => void;
  /** Chooses whether the other side may learn this device's address. */
  readonly hideAddress: (hide: boolean) => void;
  /** Whether there is anything to press besides the lock. */
  readonly hasButtons: boolean;
}

/** What the screen of a running call is drawn from, at one moment. */
export interface CallScene extends ViewScene {
  /** Sounds, and whether the browser holds some of them back until something is pressed. */
  readonly sound: PlayWatch & { readonly isBlocked: boolean };
  /** How the pictures lie. */
  readonly layout: PictureLayout;
  /** What a screen reader is told of one's own devices. */
  readonly hintLine: string;
  /** How a device is allowed here. */
  readonly permissionSteps: () => string;
  /** Keys, devices and the help with them. */
  readonly input: {
    readonly keys: ShortcutKeys;
    readonly audioRoutes: readonly AudioRoute[] | null;
    readonly tryAgain: (device: "microphone" | "camera") => void;
  };
  /** The panel over the call, if one is open. */
  readonly panel: {
    readonly shown: PanelName | null;
    readonly isOpen: boolean;
    readonly open: () => void;
    readonly close: () => void;
  };
}

/** What fills the screen: the shared screen, the other side, oneself while the other side is not there yet, or no picture. */
export type Backdrop = "screen" | "remote" | "self" | "none";

/** What fills the screen of a call. */
export function backdropOf({
  snapshot,
  tracks,
  pictures,
}: Pick<CallScene, "snapshot" | "tracks" | "pictures">): Backdrop {
  if (pictures === "local") return tracks.localCamera ? "self" : "none";
  if (tracks.remoteScreen) return "screen";
  if (tracks.remoteCamera) return "remote";
  if (pictures === "remote") return "none";
  const settingUp = ["inviting", "ringing", "connecting"].includes(snapshot.state);
  return settingUp && tracks.localCamera ? "self" : "none";
}

/** Whether there are two people's pictures, which can change places. */
export function canSwap(scene: Pick<CallScene, "snapshot" | "tracks" | "pictures">): boolean {
  return (
    scene.pictures === "all" && scene.tracks.localCamera !== null && backdropOf(scene) === "remote"
  );
}

/** What a panel over the call can be: what is behind the lock, the devices, or the keys. */
export type PanelName = "security" | "devices" | "help";

/** Nothing before media may flow: nothing has been measured. */
export const hasLock = ({ state }: CallSnapshot): boolean =>
  state === "connected" || state === "reconnecting";
