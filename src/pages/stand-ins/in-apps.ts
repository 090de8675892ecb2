import type { CallMedia } from "../../call/terms.ts";
import { css, html, nothing, type LitElement } from "lit";
import type {
  canShareOther as replacedOther,
  sharingInput as replacedInput,
  renderShareButtons as replacedButtons,
  AllowDevices as replacedAllow,
} from "../../elements/call-view/in-call/browser-buttons.ts";
import type {
  cssOf as replacedCss,
  SmallWindow as replacedWindow,
  renderSmallWindow as replacedScreen,
} from "../../elements/call-view/pictures/small-window.ts";

import type { OutliveWindow as ReplacedOutlive } from "../../elements/shared/outlive-window.ts";
import type { ScreenPause as replacedPause } from "../../media/devices/screen-pause.ts";
import type { browserEnglish as replacedWords } from "../../elements/words/browser-english.ts";

/*
 * For pages that run in WebViews and in Electron. These have windows for a video, but none for a document (W3C Document
 * Picture-in-Picture). They have no tabs, and no permission buttons of a browser.
 */

type Content = ConstructorParameters<typeof replacedWindow>[1];

/** The other side's video in a window of its own (W3C Picture-in-Picture). */
export class SmallWindow implements Pick<replacedWindow, keyof replacedWindow> {
  readonly #host: LitElement;
  readonly #content: Content;
  #video: HTMLVideoElement | null = null;

  constructor(host: LitElement, content: Content) {
    this.#host = host;
    this.#content = content;
    host.addController(this);
  }

  willBePossible(media: CallMedia): boolean {
    return document.pictureInPictureEnabled && media === "video";
  }

  get isPossible(): boolean {
    return document.pictureInPictureEnabled && this.#content() !== null && this.#picture !== null;
  }

  get isOpen(): boolean {
    return this.#video !== null;
  }

  async toggle(): Promise<void> {
    const video = this.#picture;
    if (this.isOpen) this.close();
    else if (video !== null) {
      try {
        await video.requestPictureInPicture();
        this.#video = video;
        video.addEventListener("leavepictureinpicture", this.#gone, { once: true });
        this.#host.requestUpdate();
      } catch {
        // Refused by the browser: the call stays in the page.
      }
    }
  }

  close(): void {
    if (this.isOpen) void document.exitPictureInPicture().catch(() => undefined);
    this.#gone();
  }

  openOnLeave(): void {
    // There is no tab to leave.
  }

  hostUpdated(): void {
    if (this.isOpen && this.#content() === null) this.close();
  }

  hostDisconnected(): void {
    this.close();
  }

  readonly #gone = (): void => {
    this.#video = null;
    this.#host.requestUpdate();
  };

  get #picture(): HTMLVideoElement | null {
    return this.#host.renderRoot.querySelector<HTMLVideoElement>("video.picture");
  }
}

export const cssOf: typeof replacedCss = () => "";

export const renderSmallWindow: typeof replacedScreen = () => nothing as never;

const inApp =
  "Allow microphone and camera in the settings of this app. Look in the privacy settings of your system, too.";

export const browserEnglish = {
  "permission.chrome-desktop": inApp,
  "permission.chrome-android": inApp,
  "permission.safari-ios": inApp,
  "permission.safari-mac": inApp,
  "permission.firefox": inApp,
  "permission.edge": inApp,
  // The others are of buttons that these pages do not have.
  shareOther: "",
} as typeof replacedWords;

/** The page is a window of its own, and nobody moves its elements to another. */
export class OutliveWindow implements Pick<ReplacedOutlive, "hostConnected"> {
  hostConnected(): void {
    // There is no other window to outlive.
  }
}

/** The apps' own pages know no pause of a shared screen, which is sent over the kit's control channel. */
export class ScreenPause implements Pick<replacedPause, "isPaused" | "set" | "end"> {
  readonly isPaused = false;

  set(): Promise<void> {
    return Promise.resolve();
  }
  end(): void {
    // Nothing is paused.
  }
}

export const renderShareButtons: typeof replacedButtons = ({ localize, input }) =>
  html`<button class="primary" part="stop-sharing" type="button" @click=${input.stopSharing}>
    ${localize("stopSharing")}
  </button>`;

export const canShareOther: typeof replacedOther = () => false;

export const sharingInput: typeof replacedInput = () => ({
  pauseSharing: () => undefined,
  shareOther: () => undefined,
});

/** The one button is a button of the sign. */
export const sharingStyles = css``;

export class AllowDevices implements Pick<replacedAllow, "render"> {
  render(_snapshot: unknown, _refused: unknown, steps: string): string {
    return steps;
  }
}
