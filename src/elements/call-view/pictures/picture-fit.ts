import type { LitElement, ReactiveController } from "lit";

/** `fill` crops a picture to its area, `fit` shows all of it. */
export type Fit = "fill" | "fit";

/** Width and height in any unit. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Share of a picture below which filling shows too little of a person, as for a landscape picture in an upright area. */
const leastShown = 0.45;

/** Returns the default fit: `fill` unless more than half of the picture would be cropped. */
export function bestFit(picture: Size, room: Size): Fit {
  if (picture.width * picture.height * room.width * room.height === 0) return "fill";
  const ratio = (picture.width * room.height) / (picture.height * room.width);
  return Math.min(ratio, 1 / ratio) < leastShown ? "fit" : "fill";
}

/** Maximum time in milliseconds and distance in CSS pixels of a double tap. */
const [together, near] = [350, 30];

/** Sets the fit of the large picture: by its shape, or by the person's choice for this element. */
export class PictureFit implements ReactiveController {
  /** The person's choice; `null` for none. */
  #wish: Fit | null = null;
  readonly #host: LitElement;
  #resizes: ResizeObserver | undefined;
  #tap = { time: -together, x: 0, y: 0 };

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
    // On the host, with its lifetime.
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

  /** Without `dblclick`, which Safari on phones does not fire where a double tap zooms. */
  readonly #onClick = (event: MouseEvent): void => {
    const { timeStamp, clientX, clientY } = event;
    if (this.#video === null || !event.composedPath().includes(this.#video)) return;
    const { time, x, y } = this.#tap;
    const isSecond = timeStamp - time < together && Math.hypot(clientX - x, clientY - y) < near;
    this.#tap = { time: isSecond ? -together : timeStamp, x: clientX, y: clientY };
    if (isSecond) this.toggle();
  };

  /** By an attribute instead of a rendering: only the element knows the size of the video, which changes during a call. */
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
