import {
  render,
  type CSSResult,
  type LitElement,
  type ReactiveController,
  type TemplateResult,
  css,
  html,
  nothing,
} from "lit";
import type { CallMedia } from "../../../call/terms.ts";
import { avatar, colourOf } from "../../shared/contact.ts";
import { icon } from "../../shared/icons.ts";
import { isSwitchedOff } from "../in-call/badges.ts";
import { backdropOf, type CallScene } from "../scene.ts";
import { renderBehind, renderTheirs } from "./pictures.ts";

/** Width and height in CSS pixels. */
interface WindowSize {
  readonly width: number;
  readonly height: number;
}

/** Support of the browser for always-on-top windows. */
export interface SmallWindows {
  /** W3C Document Picture-in-Picture: a window for any content. `null` without support. */
  readonly open: ((size: WindowSize) => Promise<Window>) | null;
  /** W3C Picture-in-Picture: a window for one video. */
  readonly forVideo: boolean;
  /**
   * Sets what the browser calls when a person leaves the tab of a call (W3C Media Session, `enterpictureinpicture`); `null` to
   * remove it. Browsers without the action ignore it.
   */
  readonly onLeave?: (open: (() => void) | null) => void;
}

/** Absent in TypeScript's DOM library. */
interface WithDocumentWindow {
  readonly documentPictureInPicture?: { requestWindow(size: WindowSize): Promise<Window> };
}

/** The action is absent in TypeScript's DOM library. */
interface LeavingSession {
  setActionHandler(action: "enterpictureinpicture", handler: (() => void) | null): void;
}

/** Returns the support of this browser. */
export function browserWindows(): SmallWindows {
  // Declared above; undefined in browsers without it.
  const { documentPictureInPicture } = globalThis as WithDocumentWindow;
  return {
    open: documentPictureInPicture ? (size) => documentPictureInPicture.requestWindow(size) : null,
    forVideo: document.pictureInPictureEnabled,
    onLeave: (open) => {
      // Absent in some engines, contrary to TypeScript's DOM library.
      const session = (navigator as { readonly mediaSession?: unknown }).mediaSession as
        | LeavingSession
        | undefined;
      try {
        session?.setActionHandler("enterpictureinpicture", open);
      } catch {
        // Engines throw for an unknown action: the window then opens by its button only.
      }
    },
  };
}

/** A page has one action: of several views, that of the first call uses it. */
const leaving: { holder: SmallWindow | null } = { holder: null };

/** Content of the window. */
export interface WindowContent {
  readonly template: TemplateResult;
  /** All styles of the template. */
  readonly css: string;
  readonly title: string;
}

/** Returns the text of the styles of a small window: those of the view, and its own. */
export const cssOf = (styles: readonly CSSResult[]): string =>
  [...styles, smallWindowStyles].map(({ cssText }) => cssText).join("\n");

/** Area of a new window in CSS pixels: a quarter of a small laptop's screen. */
const area = 300 * 300;

/** The call in a small window, until it is closed on either side, or has no content any more. */
export class SmallWindow implements ReactiveController {
  readonly #host: LitElement;
  readonly #content: () => WindowContent | null;
  readonly #windows: SmallWindows;
  #window: Window | null = null;
  #root: ShadowRoot | null = null;
  #video: HTMLVideoElement | null = null;
  /** `true` where the browser opened it, as the person left the tab: it closes when the person is back. */
  #isAutomatic = false;

  /** @param content - returns `null` without a call to show. */
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

  /** Returns `true` if a window is possible once the call has something to show in it. */
  willBePossible(media: CallMedia): boolean {
    const { open, forVideo } = this.#windows;
    return open !== null || (forVideo && media === "video");
  }

  get isOpen(): boolean {
    return this.#window !== null || this.#video !== null;
  }

  /** Refused without user activation, and then ignored. */
  async toggle(): Promise<void> {
    if (this.isOpen) {
      this.close();
      return;
    }
    try {
      if (this.#windows.open !== null) this.#take(await this.#windows.open(this.#size));
      else if (this.#picture !== null) await this.#takeVideo(this.#picture);
    } catch {
      // Refused by the browser: the call stays in the page.
    }
  }

  /**
   * Lets the browser open the window when the person leaves the tab, until it is called with `null`, or the call or the view
   * has gone.
   * @param open opens the window, as the person would by a button.
   */
  openOnLeave(open: (() => void) | null): void {
    const { onLeave } = this.#windows;
    if ((leaving.holder ?? this) !== this || (open !== null) === (leaving.holder === this)) return;
    leaving.holder = open && this;
    onLeave?.(
      open &&
        (() => {
          if (this.isOpen) return;
          this.#isAutomatic = true;
          document.addEventListener("visibilitychange", this.#onReturn);
          open();
        }),
    );
  }

  readonly #onReturn = (): void => {
    if (document.hidden) return;
    document.removeEventListener("visibilitychange", this.#onReturn);
    if (this.#isAutomatic && this.isOpen) this.close();
    this.#isAutomatic = false;
  };

  close(): void {
    this.#window?.close();
    // Already closed with its element: then the request is rejected.
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

  /** A move in the document closes a video's window; a removed view closes its window. */
  hostDisconnected(): void {
    this.openOnLeave(null);
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
    // A constructed style sheet belongs to its document, and needs no exception in a content security policy.
    const sheet = new (opened as Window & typeof globalThis).CSSStyleSheet();
    sheet.replaceSync(content.css);
    this.#root = surface.attachShadow({ mode: "open" });
    this.#root.adoptedStyleSheets = [sheet];
    Object.assign(surface.style, { position: "fixed", inset: "0", maxBlockSize: "none" });
    // Copies the host's custom properties, and the colour scheme and the font of the view.
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
    // Elements are created in their document: a video that changes its document restarts.
    if (this.#root !== null)
      render(template, this.#root, { creationScope: this.#root.ownerDocument });
  }

  #gone(): void {
    // Releases the tracks.
    if (this.#root !== null) render(null, this.#root);
    this.#window = this.#root = this.#video = null;
    this.#isAutomatic = false;
    this.#host.requestUpdate();
  }

  /** The size of the video, so that nothing is cropped. */
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

/** Returns the kit's custom properties of an element. All browsers with document windows can list them. */
function tokensOf(element: Element): [name: string, value: string][] {
  const found: [string, string][] = [];
  element.computedStyleMap().forEach((values, name) => {
    if (name.startsWith("--sx-")) found.push([name, values.join(" ")]);
  });
  return found;
}

/** Actions of a person in the small window. */
export interface SmallWindowPresses {
  readonly toggleMicrophone: () => void;
  readonly hangUp: () => void;
}

/**
 * Renders the small window: the other side and its name, a mute badge, mute and end. Plain buttons: the window's document has no
 * custom elements.
 */
export function renderSmallWindow(scene: CallScene, presses: SmallWindowPresses): TemplateResult {
  const { snapshot, contact, language, localize, layout } = scene;
  const seen: CallScene = {
    ...scene,
    pictures: "remote",
    layout: { ...layout, isElsewhere: false },
  };
  const hasPicture = backdropOf(seen) !== "none";
  const isMuted = isSwitchedOff(snapshot.remote, "microphone");
  return html`<div class="screen surface colour-${colourOf(contact)}">
    <div class="stage ${snapshot.state} ${hasPicture ? "over-picture" : ""}">
      ${renderBehind(scene)} ${renderTheirs(seen)}
      <div class="centre">
        ${hasPicture ? nothing : html`<div class="person">${avatar(contact, language)}</div>`}
        ${snapshot.state === "reconnecting" ? html`<span class="status">${localize("reconnecting")}</span>` : nothing}
      </div>
      <div class="signs">
        <span class="name" dir="auto">${contact.name}</span>
        ${isMuted ? html`<span class="sign remote-muted" title=${localize("remoteMuted", contact.name)}>${icon("mic-off")}</span>` : nothing}
      </div>
      ${scene.hasButtons ? renderSmallButtons(scene, presses) : nothing}
    </div>
  </div>`;
}

function renderSmallButtons({ snapshot, localize }: CallScene, presses: SmallWindowPresses) {
  const { actions, local } = snapshot;
  const { state } = local.microphone;
  const isOff = state === "off" || state === "failed";
  const does = localize(isOff ? "unmuteMicrophone" : "muteMicrophone");
  return html`<div class="small-buttons">
    <button
      class="microphone ${isOff ? "marked" : ""}"
      type="button"
      aria-label=${localize("microphone")}
      aria-pressed=${isOff ? "false" : "true"}
      title=${does}
      ?disabled=${!actions.includes("toggle-microphone")}
      @click=${presses.toggleMicrophone}
    >
      ${icon(isOff ? "mic-off" : "mic")}
    </button>
    <button
      class="end"
      type="button"
      aria-label=${localize("endCall")}
      title=${localize("endCall")}
      ?disabled=${!actions.includes("hang-up")}
      @click=${presses.hangUp}
    >
      ${icon("phone", "hang-up")}
    </button>
  </div>`;
}

/** In a small window: the person, a mute badge and two buttons. Beside the styles of the view. */
export const smallWindowStyles = css`
  .surface .signs {
    grid-area: top;
    flex-wrap: nowrap;
    justify-content: space-between;
    padding: var(--_space-2);
  }
  .surface .name {
    min-inline-size: 0;
    overflow: hidden;
    font-size: var(--_text-s);
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .surface .over-picture .name {
    padding: var(--_space-1) var(--_space-3);
    border-radius: var(--_radius-l);
    background: var(--_scrim);
  }
  .small-buttons {
    grid-area: bottom;
    z-index: 1;
    display: flex;
    justify-content: center;
    gap: var(--_space-3);
    padding: var(--_space-2);
  }
  .small-buttons button {
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: var(--_scrim);
    color: #fff;
    cursor: pointer;
  }
  .small-buttons .icon {
    inline-size: 1.375rem;
    block-size: 1.375rem;
  }
  .small-buttons .marked {
    background: #fff;
    color: #14171c;
  }
  .small-buttons .end {
    background: var(--_danger);
  }
  .surface .sign {
    padding: var(--_space-2);
  }
  .surface .centre {
    place-content: center;
    padding: var(--_space-2);
  }
`;
