import { html, type LitElement, type TemplateResult, type CSSResultOrNative } from "lit";
import { type Size, sizeOf } from "../pictures/picture-fit.ts";
import { icon } from "../../shared/icons.ts";
import type { CallScene } from "../scene.ts";
import { sharedStyles } from "./share.styles.ts";

/** A position in CSS pixels from the middle of the room. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Scale of a picture, 1 for all of it, and the position of its centre. */
export interface Zoom extends Spot {
  readonly scale: number;
}

/** All of the picture. */
export const whole: Zoom = { scale: 1, x: 0, y: 0 };

/** The largest scale. A wide screen on an upright phone then has letters of the size of its own. */
export const largest = 8;

const within = (value: number, least: number, most: number) =>
  Math.min(most, Math.max(least, value));

/** Returns the size in which a room shows all of a picture. Zero without a size of one of them. */
export function sizeIn(room: Size, picture: Size): Size {
  const by = Math.min(room.width / picture.width, room.height / picture.height);
  return by > 0 && by < Infinity
    ? { width: picture.width * by, height: picture.height * by }
    : { width: 0, height: 0 };
}

/**
 * Scales a picture. What is at `from` goes to `to`, as under a finger or between two.
 *
 * @param by - 2 doubles its size, 1 moves it only.
 */
export function zoomed(zoom: Zoom, by: number, from: Spot, to: Spot = from): Zoom {
  const scale = within(zoom.scale * by, 1, largest);
  const grown = scale / zoom.scale;
  return { scale, x: to.x - (from.x - zoom.x) * grown, y: to.y - (from.y - zoom.y) * grown };
}

/**
 * Moves a picture so far that nothing beside it is seen which it could cover: in the middle where it is smaller than the room.
 *
 * @param picture - its size at scale 1.
 */
export function bounded({ scale, x, y }: Zoom, picture: Size, room: Size): Zoom {
  const sideways = Math.max(0, (picture.width * scale - room.width) / 2);
  const upright = Math.max(0, (picture.height * scale - room.height) / 2);
  return {
    scale,
    x: within(x, -sideways, sideways) + 0,
    y: within(y, -upright, upright) + 0,
  };
}

/** Returns `true` for a picture of another shape. One of another size may be the same one, sent over a weaker connection. */
export function isOther(before: Size, now: Size): boolean {
  const ratio = (before.width * now.height) / (before.height * now.width);
  return ratio > 0 && ratio < Infinity && Math.abs(Math.log(ratio)) > 0.02;
}

/** Factor of one step, and of a double tap. */
const [step, leap] = [1.5, 2.5];
/** CSS pixels of an arrow key. */
const stride = 60;
/** Maximum time in milliseconds and distance in CSS pixels of a double tap; pixels by which a finger may move during a tap. */
const [together, near, slack] = [350, 30, 8];

const middle: Spot = { x: 0, y: 0 };

const between = (a: Spot, b: Spot): Spot => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
const apart = (a: Spot, b: Spot): number => Math.hypot(a.x - b.x, a.y - b.y);

/** The other side's shared screen: its name, and what makes it larger and moves it, by fingers, wheel, keys and buttons. */
export class SharedPicture {
  readonly #host: LitElement;
  #zoom: Zoom = whole;
  #track: MediaStreamTrack | null = null;
  #size: Size = { width: 0, height: 0 };
  readonly #fingers = new Map<number, Spot>();
  /** Where the first finger went down; `null` once it has moved further than a tap, or another one has come. */
  #tapStart: Spot | null = null;
  #tap = { time: -together, x: 0, y: 0 };
  #resizes: ResizeObserver | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#resizes = new ResizeObserver(() => {
      this.#show(this.#zoom, false);
    });
  }

  hostUpdated(): void {
    const { surface, video } = this;
    // Repeated calls change nothing.
    if (surface && video) {
      this.#resizes?.observe(surface);
      video.addEventListener("resize", this.#onResize);
    } else this.hostDisconnected();
  }

  hostDisconnected(): void {
    this.#resizes?.disconnect();
    this.#fingers.clear();
  }

  /** Renders what takes fingers, wheel and keys, over the picture. */
  renderSurface({ tracks, contact, localize }: CallScene): TemplateResult {
    if (tracks.remoteScreen !== this.#track) {
      this.#track = tracks.remoteScreen;
      this.#zoom = whole;
      // The video of this rendering may be the one of the last screen.
      void this.#host.updateComplete.then(() => {
        this.#show(this.#zoom, false);
      });
    }
    return html`<div
      class="zoom-surface ${this.#zoom.scale > 1 ? "zoomed" : ""}"
      part="shared-screen"
      role="group"
      tabindex="0"
      aria-label=${localize("screenOf", contact.name)}
      @pointerdown=${this.#onDown}
      @pointermove=${this.#onMove}
      @pointerup=${this.#onUp}
      @pointercancel=${this.#onUp}
      @click=${this.#onClick}
      @wheel=${this.#onWheel}
      @keydown=${this.#onKey}
    ></div>`;
  }

  /** Renders its name and its buttons, in the bar. */
  renderTools({ contact, localize, language, layout, hasButtons }: CallScene): TemplateResult {
    const name = localize("screenOf", contact.name);
    const level = new Intl.NumberFormat(language, { style: "percent" }).format(this.#zoom.scale);
    const { isPeopleHidden, hidePeople } = layout.shared;
    return html`<div
      class="screen-tools"
      part="screen-tools"
      role="group"
      aria-label=${name}
      @keydown=${this.#onKey}
    >
      <span class="screen-name" part="screen-name" title=${name}>${name}</span>
      ${
        hasButtons
          ? html`${this.#renderButton("zoom-out", localize("zoomOut"), "−", 1 / step)}
              <button
                part="zoom-level"
                type="button"
                title=${localize("wholePicture")}
                aria-label=${`${level} · ${localize("wholePicture")}`}
                @click=${this.#onReset}
              >
                ${level}
              </button>
              ${this.#renderButton("zoom-in", localize("zoomIn"), "+", step)}
              <button
                class="round ${isPeopleHidden ? "marked" : ""}"
                part="hide-people"
                type="button"
                title=${localize("hidePeople")}
                aria-label=${localize("hidePeople")}
                aria-pressed=${isPeopleHidden ? "true" : "false"}
                @click=${() => {
                  hidePeople(!isPeopleHidden);
                }}
              >
                ${icon("user-x")}
              </button>`
          : ""
      }
    </div>`;
  }

  #renderButton(part: string, words: string, drawn: string, by: number) {
    return html`<button
      class="round"
      part=${part}
      type="button"
      title=${words}
      aria-label=${words}
      @click=${() => {
        this.#show(zoomed(this.#zoom, by, middle), true);
      }}
    >
      ${drawn}
    </button>`;
  }

  get surface(): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>(".zoom-surface");
  }

  get video(): HTMLVideoElement | null {
    return this.#host.renderRoot.querySelector<HTMLVideoElement>("video.shared");
  }

  /** The other side may share something else on the same track. */
  readonly #onResize = (): void => {
    const { video } = this;
    const before = this.#size;
    if (video) this.#size = sizeOf(video);
    this.#show(isOther(before, this.#size) ? whole : this.#zoom, false);
  };

  /**
   * Shows it, by a transform of the video: no layout and no rendering for a finger that moves.
   *
   * @param isGliding - `true` for one step, `false` under a finger.
   */
  #show(zoom: Zoom, isGliding: boolean): void {
    const { video, surface } = this;
    if (!video || !surface) return;
    const room = { width: surface.clientWidth, height: surface.clientHeight };
    const picture = sizeIn(room, sizeOf(video));
    const to = bounded(zoom, picture, room);
    const isRendered = to.scale === this.#zoom.scale;
    this.#zoom = to;
    video.classList.toggle("gliding", isGliding);
    video.style.transform =
      to.scale === 1 ? "" : `translate(${to.x}px, ${to.y}px) scale(${to.scale})`;
    if (!isRendered) this.#host.requestUpdate();
  }

  #spotOf({ clientX, clientY }: MouseEvent): Spot {
    const { left, top, width, height } = this.surface?.getBoundingClientRect() ?? new DOMRect();
    return { x: clientX - left - width / 2, y: clientY - top - height / 2 };
  }

  readonly #onReset = (): void => {
    this.#show(whole, true);
  };

  readonly #onDown = (event: PointerEvent): void => {
    if (event.button !== 0 || this.#fingers.size > 1) return;
    // Synthetic events have no pointer to capture.
    if (event.isTrusted) this.surface?.setPointerCapture(event.pointerId);
    const at = this.#spotOf(event);
    this.#fingers.set(event.pointerId, at);
    this.#tapStart = this.#fingers.size === 1 ? at : null;
  };

  readonly #onMove = (event: PointerEvent): void => {
    const from = this.#fingers.get(event.pointerId);
    if (!from) return;
    const to = this.#spotOf(event);
    if (this.#tapStart && apart(this.#tapStart, to) < slack) return;
    this.#tapStart = null;
    const [other] = [...this.#fingers].filter(([id]) => id !== event.pointerId);
    this.#fingers.set(event.pointerId, to);
    if (!other) this.#show(zoomed(this.#zoom, 1, from, to), false);
    else {
      const [, still] = other;
      const by = apart(to, still) / Math.max(1, apart(from, still));
      this.#show(zoomed(this.#zoom, by, between(from, still), between(to, still)), false);
    }
  };

  readonly #onUp = ({ pointerId }: PointerEvent): void => {
    this.#fingers.delete(pointerId);
  };

  /** Without `dblclick`, as for other pictures. */
  readonly #onClick = (event: MouseEvent): void => {
    if (this.#tapStart === null) return;
    this.#tapStart = null;
    const { timeStamp: time } = event;
    const at = this.#spotOf(event);
    const isSecond = time - this.#tap.time < together && apart(this.#tap, at) < near;
    this.#tap = { time: isSecond ? -together : time, ...at };
    if (isSecond) this.#show(this.#zoom.scale > 1 ? whole : zoomed(this.#zoom, leap, at), true);
  };

  /** With Control it zooms, which is also what browsers send for two fingers on a touchpad; otherwise it moves what is zoomed. */
  readonly #onWheel = (event: WheelEvent): void => {
    const { deltaX, deltaY, deltaMode, ctrlKey, metaKey } = event;
    const lines = deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : 16;
    const before = this.#zoom;
    if (ctrlKey || metaKey) {
      // A notch of a wheel is 100 pixels; a touchpad sends a few at a time.
      const by = Math.exp(Math.min(60, Math.max(-60, -deltaY * lines)) / 100);
      this.#show(zoomed(before, by, this.#spotOf(event)), false);
    } else {
      const to = { x: -deltaX * lines, y: -deltaY * lines };
      this.#show(zoomed(before, 1, middle, to), false);
      // At its edge the page around it scrolls.
      if (before.x === this.#zoom.x && before.y === this.#zoom.y) return;
    }
    event.preventDefault();
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const { key, ctrlKey, altKey, metaKey } = event;
    if (ctrlKey || altKey || metaKey) return;
    const to = this.#afterKey(key);
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.#show(to, true);
  };

  /** The picture goes the other way: an arrow looks where it points. */
  #afterKey(key: string): Zoom | null {
    const zoom = this.#zoom;
    switch (key) {
      case "+":
      case "=":
        return zoomed(zoom, step, middle);
      case "-":
        return zoomed(zoom, 1 / step, middle);
      case "0":
        return whole;
      case "ArrowLeft":
        return { ...zoom, x: zoom.x + stride };
      case "ArrowRight":
        return { ...zoom, x: zoom.x - stride };
      case "ArrowUp":
        return { ...zoom, y: zoom.y + stride };
      case "ArrowDown":
        return { ...zoom, y: zoom.y - stride };
      default:
        return null;
    }
  }
}

/** Chunk for a shared screen of the other side. Most calls never load it. */
export interface ShareChunk {
  readonly styles: CSSResultOrNative;
  open(host: LitElement): SharedPicture;
}

export const shareChunk: ShareChunk = {
  styles: sharedStyles,
  open: (host) => new SharedPicture(host),
};
