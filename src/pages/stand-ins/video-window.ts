import { css, nothing, type LitElement } from "lit";
import type {
  cssOf as replacedCss,
  SmallWindow as replacedWindow,
} from "../../elements/call-view/pictures/small-window.ts";
import type {
  renderSmallWindow as replacedScreen,
  smallWindowStyles as replacedStyles,
} from "../../elements/call-view/pictures/small-window-screen.ts";

/*
 * For pages that run in WebViews and in Electron, which have windows for a video, but none for a document (W3C Document
 * Picture-in-Picture), and no tab that a person leaves.
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

export const smallWindowStyles: typeof replacedStyles = css``;
