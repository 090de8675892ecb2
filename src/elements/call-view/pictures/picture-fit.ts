import type { LitElement, ReactiveController } from "lit";
import { glideTiming, wantsReducedMotion } from "./small-picture.ts";

/** `fill` crops a picture to its area, `fit` shows all of it. */
export type Fit = "fill" | "fit";

/** Width and height in any unit. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Share of a picture below which filling cuts too much of a person off. */
const leastShown = 0.7;

/**
 * Milliseconds between two frames of the blurred copy behind a picture that does not fill its area, and how much longer than for one they
 * are at least. Without a graphics processor one of 720p takes 5 ms, nearly all for its colours: then there is one a second.
 */
const blurInterval = 500;
const blurRest = 200;
/** Pixels of its sides: so few that nobody is recognised in it, and then so many that it is smooth. */
const [coarse, smooth] = [8, 64];
/** White text on it has at least 4.5:1, even over a white picture, which becomes #4d4d4d. */
const shade = "rgb(0 0 0 / 0.7)";

/** The narrowest and widest shape of a small picture, width by height. */
const [narrowest, widest] = [0.5, 2];

/** Returns the share of a picture that stays visible where it fills its area. No number without a size of one of them. */
function shareShown(picture: Size, room: Size): number {
  const ratio = (picture.width * room.height) / (picture.height * room.width);
  return Math.min(ratio, 1 / ratio);
}

/** Returns the default fit: `fill` unless more than 30 % of the picture would be cropped. */
export function bestFit(picture: Size, room: Size): Fit {
  const share = shareShown(picture, room);
  return share > 0 && share < leastShown ? "fit" : "fill";
}

/** Maximum time in milliseconds and distance in CSS pixels of a double tap. */
const [together, near] = [350, 30];

/**
 * Gives every picture its shape: the large one by the room and the person's choice for this element, with a blurred copy of it
 * where it does not fill the room; the small ones in their own.
 */
export class PictureFit implements ReactiveController {
  /** The person's choice; `null` for none. */
  #wish: Fit | null = null;
  readonly #host: LitElement;
  #resizes: ResizeObserver | undefined;
  /** The large video and the size of its box: measured once, then reported by the observer, so that no rendering waits for a layout. */
  #large: { readonly video: HTMLVideoElement; room: Size } | null = null;
  #tap = { time: -together, x: 0, y: 0 };
  /** The video behind which a copy is drawn now. */
  #blurred: HTMLVideoElement | null = null;
  /** Number of the copies so far: what an earlier one has asked for draws nothing any more. */
  #copies = 0;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
    // On the host, with its lifetime.
    host.addEventListener("click", this.#onClick);
  }

  hostConnected(): void {
    this.#resizes = new ResizeObserver((entries) => {
      for (const { target, contentRect } of entries)
        if (target === this.#large?.video) this.#large.room = contentRect;
      this.measure();
    });
    this.#resizes.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#resizes?.disconnect();
    this.#large = null;
    this.#blur(null);
  }

  hostUpdated(): void {
    this.measure();
  }

  toggle(): void {
    const video = this.#video;
    if (video === null) return;
    this.#wish = video.dataset.fit === "fit" ? "fill" : "fit";
    this.measure();
  }

  /** Without `dblclick`, which Safari on phones does not fire where a double tap zooms. */
  readonly #onClick = (event: MouseEvent): void => {
    const { timeStamp, clientX, clientY } = event;
    if (this.#video === null || !event.composedPath().includes(this.#video)) return;
    const { time, x, y } = this.#tap;
    const isSecond = timeStamp - time < together && Math.hypot(clientX - x, clientY - y) < near;
    this.#tap = { time: isSecond ? -together : timeStamp, x: clientX, y: clientY };
    if (isSecond) this.toggle();
  };

  /** By attributes instead of a rendering: only the elements know the size of the videos, which changes during a call. */
  readonly measure = (): void => {
    const video = this.#video;
    const before = video?.dataset.fit;
    const fit = video && this.#fitOf(video);
    if (fit && fit !== before) {
      video.dataset.fit = fit;
      // Layout is measured only where there is a picture that has had another shape: the first one comes in its own.
      const share = before && video.dataset.stale === undefined ? shownOf(video) : 0;
      if (share > 0 && !wantsReducedMotion())
        video.animate({ scale: [fit === "fit" ? 1 / share : share, 1] }, glideTiming);
    }
    this.#blur(video && fit === "fit" && !video.closest(".elsewhere") ? video : null);
    const root = this.#host.renderRoot;
    const controls = root.querySelector("sx-call-controls");
    if (controls) controls.showsWholePicture = fit === "fit";
    for (const small of root.querySelectorAll<HTMLVideoElement>(".frame:not(.large) video"))
      giveShape(small, root);
  };

  /** Starts or stops the copy behind a picture. Drawn small and enlarged: a filter of the page would cost a core. */
  #blur(video: HTMLVideoElement | null): void {
    if (video === this.#blurred) return;
    this.#blurred = video;
    const copy = (this.#copies += 1);
    const shown = video?.parentElement?.querySelector("canvas")?.getContext("2d");
    const small = document.createElement("canvas").getContext("2d");
    if (!video || !shown || !small) return;
    small.canvas.width = small.canvas.height = coarse;
    shown.canvas.width = shown.canvas.height = smooth;
    small.imageSmoothingQuality = "medium";
    shown.imageSmoothingQuality = "high";
    shown.fillStyle = shade;
    const draw = () => {
      if (copy !== this.#copies) return;
      // Chromium calls for frames of a video in a hidden page, too.
      if (document.hidden) {
        document.addEventListener("visibilitychange", draw, { once: true });
        return;
      }
      const start = performance.now();
      small.drawImage(video, 0, 0, coarse, coarse);
      shown.drawImage(small.canvas, 0, 0, smooth, smooth);
      shown.fillRect(0, 0, smooth, smooth);
      setTimeout(draw, Math.max(blurInterval, blurRest * (performance.now() - start)));
    };
    // Before its first picture it would draw none, and the shade.
    if (video.readyState < video.HAVE_CURRENT_DATA)
      video.addEventListener("loadeddata", draw, { once: true });
    else draw();
  }

  #fitOf(video: HTMLVideoElement): Fit {
    // A video without a picture needs no layout.
    if (video.videoWidth === 0) return this.#wish ?? "fill";
    return this.#wish ?? bestFit(sizeOf(video), this.#roomOf(video));
  }

  #roomOf(video: HTMLVideoElement): Size {
    if (this.#large?.video !== video) {
      if (this.#large) this.#resizes?.unobserve(this.#large.video);
      this.#large = { video, room: video.getBoundingClientRect() };
      this.#resizes?.observe(video);
    }
    return this.#large.room;
  }

  get #video(): HTMLVideoElement | null {
    return this.#host.renderRoot.querySelector<HTMLVideoElement>(".large video:not(.shared)");
  }
}

/** Returns the size of the picture in a video, zero before there is one. */
export const sizeOf = ({ videoWidth: width, videoHeight: height }: HTMLVideoElement): Size => ({
  width,
  height,
});

const shownOf = (video: HTMLVideoElement): number =>
  shareShown(sizeOf(video), video.getBoundingClientRect());

/** Gives the box of a small picture, what lies over it and the signs beside it the shape of its video. A phone that turns is followed. */
function giveShape(video: HTMLVideoElement, root: ParentNode): void {
  const frame = video.parentElement;
  const shape = String(Math.min(widest, Math.max(narrowest, video.videoWidth / video.videoHeight)));
  if (!frame || shape === "NaN") return;
  const isSmall = frame.matches(".small");
  const box = isSmall ? root.querySelector<HTMLElement>(".stage") : frame;
  if (!box) return;
  const before = box.style.getPropertyValue("--_shape");
  if (before === shape) return;
  box.style.setProperty("--_shape", shape);
  // Its first one is nothing to follow. Grown in the new shape, because by its box the picture would cover what is beside it.
  if (before !== "" && !wantsReducedMotion()) frame.animate({ scale: [0.75, 1] }, glideTiming);
}
