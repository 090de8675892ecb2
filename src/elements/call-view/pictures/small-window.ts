import {
  render,
  type CSSResult,
  type LitElement,
  type ReactiveController,
  type TemplateResult,
} from "lit";

/** A width and a height in CSS pixels. */
interface WindowSize {
  readonly width: number;
  readonly height: number;
}

/** What a browser has of small windows over all others. */
export interface SmallWindows {
  /** W3C Document Picture-in-Picture: a window for anything. `null` where there is none. */
  readonly open: ((size: WindowSize) => Promise<Window>) | null;
  /** W3C Picture-in-Picture: a window for one video. */
  readonly forVideo: boolean;
}

/** What TypeScript's library does not know yet. */
interface WithDocumentWindow {
  readonly documentPictureInPicture?: { requestWindow(size: WindowSize): Promise<Window> };
}

/** The browser's own. */
export function browserWindows(): SmallWindows {
  // The interface is declared above; where the browser has none, it is undefined.
  const { documentPictureInPicture } = globalThis as WithDocumentWindow;
  return {
    open: documentPictureInPicture ? (size) => documentPictureInPicture.requestWindow(size) : null,
    forVideo: document.pictureInPictureEnabled,
  };
}

/** What the window shows. */
export interface WindowContent {
  readonly template: TemplateResult;
  /** Every style of the template. */
  readonly css: string;
  readonly title: string;
}

/** The text of every style. */
export const cssOf = (styles: readonly CSSResult[]): string =>
  styles.map(({ cssText }) => cssText).join("\n");

/** The area of a new window: a quarter of a small laptop's screen, in CSS pixels. */
const area = 300 * 300;

/** The call in a small window over all others, until it is closed there or here, or there is nothing to show any more. */
export class SmallWindow implements ReactiveController {
  readonly #host: LitElement;
  readonly #content: () => WindowContent | null;
  readonly #windows: SmallWindows;
  #window: Window | null = null;
  #root: ShadowRoot | null = null;
  #video: HTMLVideoElement | null = null;

  /** @param content - `null` while there is no call to show. */
  constructor(
    host: LitElement,
    content: () => WindowContent | null,
    windows: SmallWindows = browserWindows(),
  ) {
    this.#host = host;
    this.#content = content;
    this.#windows = windows;
    host.addController(this);
  }

  get isPossible(): boolean {
    const { open, forVideo } = this.#windows;
    return this.#content() !== null && (open !== null || (forVideo && this.#picture !== null));
  }

  get isOpen(): boolean {
    return this.#window !== null || this.#video !== null;
  }

  /** Refused without a press of a person: then nothing happens. */
  async toggle(): Promise<void> {
    if (this.isOpen) {
      this.close();
      return;
    }
    try {
      if (this.#windows.open !== null) this.#take(await this.#windows.open(this.#size));
      else if (this.#picture !== null) await this.#takeVideo(this.#picture);
    } catch {
      // The browser has said no. The call stays where it is.
    }
  }

  close(): void {
    this.#window?.close();
    // Gone by itself with its element; then it is refused.
    if (this.#video !== null)
      void this.#video.ownerDocument.exitPictureInPicture().catch(() => undefined);
    this.#gone();
  }

  hostUpdated(): void {
    if (!this.isOpen) return;
    const content = this.#content();
    if (content === null) this.close();
    else this.#draw(content);
  }

  /** A move in the document takes the video out of its window; a view that has left takes its window along. */
  hostDisconnected(): void {
    if (this.isOpen) this.close();
  }

  #take(opened: Window): void {
    const content = this.#content();
    // The call may have ended while the window opened.
    if (content === null || !this.#host.isConnected) {
      opened.close();
      return;
    }
    const { document: page } = opened;
    const surface = page.createElement("div");
    // A sheet belongs to the document it was made for; and made by hand, it needs no exception from a page's content policy.
    const sheet = new (opened as Window & typeof globalThis).CSSStyleSheet();
    sheet.replaceSync(content.css);
    this.#root = surface.attachShadow({ mode: "open" });
    this.#root.adoptedStyleSheets = [sheet];
    Object.assign(surface.style, { position: "fixed", inset: "0", maxBlockSize: "none" });
    // What the host has set on the page for the kit, and the scheme and the font around the view.
    const { colorScheme, fontFamily, direction } = getComputedStyle(this.#host);
    Object.assign(surface.style, { colorScheme, fontFamily, direction });
    for (const [name, value] of tokensOf(this.#host)) surface.style.setProperty(name, value);
    page.title = content.title;
    page.body.append(surface);
    opened.addEventListener("pagehide", () => opened === this.#window && this.#gone());
    this.#window = opened;
    this.#host.requestUpdate();
  }

  async #takeVideo(video: HTMLVideoElement): Promise<void> {
    await video.requestPictureInPicture();
    this.#video = video;
    video.addEventListener("leavepictureinpicture", () => video === this.#video && this.#gone(), {
      once: true,
    });
    this.#host.requestUpdate();
  }

  #draw({ template }: WindowContent): void {
    // Elements are made in the document they are for: a video that changes its document starts anew.
    if (this.#root !== null)
      render(template, this.#root, { creationScope: this.#root.ownerDocument });
  }

  #gone(): void {
    // Lets go of the tracks.
    if (this.#root !== null) render(null, this.#root);
    this.#window = this.#root = this.#video = null;
    this.#host.requestUpdate();
  }

  /** As the picture is, so that nothing of it is lost. */
  get #size(): WindowSize {
    const { videoWidth = 0, videoHeight = 0 } = this.#picture ?? {};
    const ratio = videoHeight > 0 ? videoWidth / videoHeight : 1;
    return {
      width: Math.round(Math.sqrt(area * ratio)),
      height: Math.round(Math.sqrt(area / ratio)),
    };
  }

  get #picture(): HTMLVideoElement | null {
    return this.#host.renderRoot.querySelector<HTMLVideoElement>("video.picture");
  }
}

/** The kit's custom properties as they are on an element, where the browser lists them: all that have windows for anything do. */
function tokensOf(element: Element): [name: string, value: string][] {
  const found: [string, string][] = [];
  element.computedStyleMap().forEach((values, name) => {
    if (name.startsWith("--sx-")) found.push([name, values.join(" ")]);
  });
  return found;
}
