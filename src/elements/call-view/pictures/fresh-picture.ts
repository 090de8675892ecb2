import { noChange, type ElementPart } from "lit";
import { AsyncDirective, directive } from "lit/async-directive.js";
import { PartType, type PartInfo } from "lit/directive.js";

/**
 * Sets `data-stale` on its `<video>` from a change of the track until the first picture of the new one, and while the track is
 * muted (W3C `muted`: the system has taken the camera). Styles then cover the outdated picture.
 */
class FreshPicture extends AsyncDirective {
  #video: HTMLVideoElement | undefined;
  #track: MediaStreamTrack | null = null;

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT)
      throw new TypeError("freshPicture() stands in a video element, not in an attribute.");
  }

  override update(part: ElementPart, [track]: [MediaStreamTrack | null]): unknown {
    if (this.#video === undefined) {
      // Guaranteed by the template of the directive.
      this.#video = part.element as HTMLVideoElement;
      this.#video.addEventListener("loadeddata", this.#onPicture);
    }
    if (track !== this.#track) this.#follow(track);
    return noChange;
  }

  render(_track: MediaStreamTrack | null): unknown {
    return noChange;
  }

  override disconnected(): void {
    this.#follow(null);
  }

  #follow(track: MediaStreamTrack | null): void {
    this.#track?.removeEventListener("mute", this.#onMute);
    this.#track?.removeEventListener("unmute", this.#onUnmute);
    this.#track = track;
    track?.addEventListener("mute", this.#onMute);
    track?.addEventListener("unmute", this.#onUnmute);
    this.#mark(true);
  }

  #mark(isStale: boolean): void {
    this.#video?.toggleAttribute("data-stale", isStale);
  }

  /** The element has loaded enough of the new stream to draw it. */
  readonly #onPicture = (): void =>
    this.#mark(this.#track?.muted === true && this.#video?.videoWidth === 0);

  readonly #onMute = (): void => this.#mark(true);

  /** Waits for the first picture after the pause. At once in browsers without `requestVideoFrameCallback`. */
  readonly #onUnmute = (): void => {
    const video = this.#video;
    if (video?.requestVideoFrameCallback) video.requestVideoFrameCallback(this.#onPicture);
    else this.#mark(false);
  };
}

/** Covers pictures of another track: `<video ${freshPicture(track)} ${playTrack(track)}>`. */
export const freshPicture = directive(FreshPicture);
