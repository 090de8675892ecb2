import { noChange, type ElementPart } from "lit";
import { AsyncDirective, directive } from "lit/async-directive.js";
import { PartType, type PartInfo } from "lit/directive.js";

/**
 * Marks the `<video>` it stands in as `data-stale` from a change of its track until the first picture of the new one, and while the
 * track has none (W3C `muted`: a camera that the system has taken): so that styles can cover a picture that is of another time.
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
      // Given by the template that the directive stands in.
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

  /** The element has loaded its new stream so far that it can draw. */
  readonly #onPicture = (): void =>
    this.#mark(this.#track?.muted === true && this.#video?.videoWidth === 0);

  readonly #onMute = (): void => this.#mark(true);

  /** The first picture after the pause, and not the last one before it. Where the browser does not tell of pictures: at once. */
  readonly #onUnmute = (): void => {
    const video = this.#video;
    if (video?.requestVideoFrameCallback) video.requestVideoFrameCallback(this.#onPicture);
    else this.#mark(false);
  };
}

/** Covers what is not of this track: `<video ${freshPicture(track)} ${playTrack(track)}>`. */
export const freshPicture = directive(FreshPicture);
