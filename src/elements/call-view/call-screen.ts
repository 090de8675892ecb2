import type { LitElement } from "lit";
import type { CallSource } from "../../controller/call-source.ts";
import { SxPictureInPictureEvent } from "../../events/sx-picture-in-picture.ts";
import type { ScreenAction } from "../../events/sx-screen-action.ts";
import { PictureFit } from "./fit.ts";
import { FullScreen } from "./full-screen.ts";
import { HidingBars } from "./hiding-bars.ts";
import { hasPanel, type PanelName } from "./open-panel.ts";
import { backdropOf, canSwap, type CallScene, type PictureLayout } from "./scene.ts";
import { hasTrouble } from "./signs.ts";
import { SmallPicture } from "./small-picture.ts";
import { SmallWindow, type WindowContent } from "./small-window.ts";
import { VoiceRing } from "./voice-ring.ts";

/** The view, as its screen needs it. */
export interface ScreenHost extends LitElement {
  readonly keepBars: boolean;
  readonly smallWindow: "browser" | "host" | "off";
  readonly calls: CallSource;
}

/** What the view does for the screen. */
export interface ScreenParts {
  /** The scene that was drawn last; `null` while no call runs. */
  readonly scene: () => CallScene | null;
  /** What a small window shows. */
  readonly surface: (scene: CallScene) => WindowContent;
  /** Opens a panel over the call, or closes it where it is open. */
  readonly toggle: (panel: PanelName) => void;
}

/** Everything about the screen that is no fact of the call: where pictures lie, which bars are seen, in which window. */
export class CallScreen {
  readonly #host: ScreenHost;
  readonly #small: SmallPicture;
  readonly #fit: PictureFit;
  readonly #parts: ScreenParts;
  readonly #window: SmallWindow;
  readonly #full: FullScreen;

  constructor(host: ScreenHost, parts: ScreenParts) {
    this.#host = host;
    this.#parts = parts;
    const { scene } = parts;
    this.#small = new SmallPicture(host, () => isTrueOf(scene(), canSwap));
    this.#fit = new PictureFit(host);
    this.#full = new FullScreen(host);
    this.#window = new SmallWindow(host, () => {
      const shown = scene();
      return shown && parts.surface(shown);
    });
    host.addEventListener("sx-screen-action", (event) => {
      // Later, once whoever may prevent it has been asked; and yet in the same press.
      queueMicrotask(() => event.defaultPrevented || this.perform(event.detail.action));
    });
    new HidingBars(
      host,
      () => !host.keepBars && !isMenuOpen(host) && isTrueOf(scene(), isOnlyLookedAt),
    );
    new VoiceRing(host, () => (isTrueOf(scene(), isHeard) ? host.calls.levels.remote() : null));
  }

  /** How the pictures of a scene lie. */
  layoutOf(scene: Omit<CallScene, "layout">): PictureLayout {
    const { perform } = this;
    return {
      small: this.#small,
      fit: this.#fit,
      isElsewhere: this.#window.isOpen,
      extras: this.#extrasOf(scene),
      perform,
    };
  }

  readonly perform = (action: ScreenAction): void => {
    switch (action) {
      case "fit":
        this.#fit.toggle();
        break;
      case "swap-pictures":
        this.#small.swap();
        break;
      case "full-screen":
        this.#full.toggle();
        break;
      case "picture-in-picture":
        this.#toggleWindow();
        break;
      case "security":
      case "devices":
      case "help":
        this.#parts.toggle(action);
    }
  };

  /** A host that has a window of its own prevents it. */
  #toggleWindow(): void {
    const on = !this.#window.isOpen;
    const isAllowed = this.#host.dispatchEvent(new SxPictureInPictureEvent({ on }));
    if (isAllowed && this.#host.smallWindow === "browser") void this.#window.toggle();
  }

  #extrasOf(scene: Omit<CallScene, "layout">): ScreenAction[] {
    const { smallWindow } = this.#host;
    const possible: readonly (readonly [ScreenAction, boolean])[] = [
      ["fit", backdropOf(scene) === "remote"],
      ["swap-pictures", canSwap(scene)],
      [
        "picture-in-picture",
        smallWindow === "host" || (smallWindow === "browser" && this.#window.isPossible),
      ],
      ["full-screen", this.#full.isPossible],
      ["security", hasPanel("security", scene.snapshot)],
      ["devices", hasPanel("devices", scene.snapshot)],
      ["help", hasPanel("help", scene.snapshot) && Object.keys(scene.input.keys).length > 0],
    ];
    return possible.flatMap(([action, isPossible]) => (isPossible ? [action] : []));
  }
}

const isTrueOf = (scene: CallScene | null, question: (scene: CallScene) => boolean) =>
  scene !== null && question(scene);

/** The toolbar says so itself. */
const isMenuOpen = (host: LitElement) =>
  host.renderRoot.querySelector("sx-call-controls[menu-open]") !== null;

/** Whether nothing on the bars needs to be seen: a picture of theirs, and nothing that is asked, waits or is wrong. */
export function isOnlyLookedAt(scene: CallScene): boolean {
  const { snapshot, beside, panel, sound, layout } = scene;
  const { state, held, protection } = snapshot;
  const hasPicture = ["remote", "screen"].includes(backdropOf(scene)) && !layout.isElsewhere;
  const isQuiet =
    beside.length === 0 && !panel.isOpen && !sound.isBlocked && !held.local && !held.remote;
  // A lock that says less than it should must be seen.
  const isSafe = ["protected", "compatible"].includes(protection.status);
  return state === "connected" && hasPicture && isQuiet && isSafe && !hasTrouble(scene);
}

function isHeard({ snapshot, tracks }: CallScene): boolean {
  return snapshot.state === "connected" && tracks.remoteMicrophone !== null && !snapshot.held.local;
}
