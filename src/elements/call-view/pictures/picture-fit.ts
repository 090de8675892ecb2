import type { LitElement, ReactiveController } from "lit";

/** Whether a picture fills its room, and loses its edges, or is shown whole. */
export type Fit = "fill" | "fit";

/** A width and a height, in any unit. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Below this share of a picture that is left, filling shows too little of a person: an upright room and a picture on its side. */
const leastShown = 0.45;

/** How a picture is best shown where nobody has chosen: it fills its room unless more than half of it would be lost. */
export function bestFit(picture: Size, room: Size): Fit {
  if (picture.width * picture.height * room.width * room.height === 0) return "fill";
  const ratio = (picture.width * room.height) / (picture.height * room.width);
  return Math.min(ratio, 1 / ratio) < leastShown ? "fit" : "fill";
}

/** Two taps within this time and distance are a double one. In milliseconds and CSS pixels. */
const [together, near] = [350, 30];

/** Fits the large picture, or lets it fill: as its shape asks, or as the person chose for this element. */
export class PictureFit implements ReactiveController {
  /** What the person chose; `null` where nobody did. */
  #wish: Fit | null = null;
  readonly #host: LitElement;
  #resizes: ResizeObserver | undefined;
  #tap = { time: -together, x: 0, y: 0 };

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
    // On the host, which it lives with.
    host.addEventListener("click", this.#onClick);
  }

  hostConnected(): void {
    this.#resizes = new ResizeObserver(this.measure);
    this.#resizes.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#resizes?.disconnect();
  }

  hostUpdated(): void {
    this.measure();
  }

  toggle(): void {
    const video = this.#video;
    if (video === null) return;
    this.#wish = this.#fitOf(video) === "fit" ? "fill" : "fit";
    this.measure();
  }

  /** By hand, and not by `dblclick`: Safari on phones has none where a double tap zooms. */
  readonly #onClick = (event: MouseEvent): void => {
    const { timeStamp, clientX, clientY } = event;
    if (this.#video === null || !event.composedPath().includes(this.#video)) return;
    const { time, x, y } = this.#tap;
    const isSecond = timeStamp - time < together && Math.hypot(clientX - x, clientY - y) < near;
    this.#tap = { time: isSecond ? -together : timeStamp, x: clientX, y: clientY };
    if (isSecond) this.toggle();
  };

  /** An attribute, and not a render: the picture's size is known to the element alone, and changes in a call. */
  readonly measure = (): void => {
    const video = this.#video;
    if (video !== null) video.dataset.fit = this.#fitOf(video);
  };

  #fitOf(video: HTMLVideoElement): Fit {
    const { videoWidth: width, videoHeight: height } = video;
    return this.#wish ?? bestFit({ width, height }, video.getBoundingClientRect());
  }

  get #video(): HTMLVideoElement | null {
    return this.#host.renderRoot.querySelector<HTMLVideoElement>(".large video.remote");
  }
}
