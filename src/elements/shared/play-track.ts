import { noChange, type ElementPart } from "lit";
import { AsyncDirective, directive } from "lit/async-directive.js";
import { PartType, type PartInfo } from "lit/directive.js";

/** Plays one track in the `<video>` or `<audio>` element that it stands in, and lets go of it with the element. */
class PlayTrack extends AsyncDirective {
  #element: HTMLMediaElement | undefined;
  #track: MediaStreamTrack | null = null;

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new TypeError("playTrack() stands in a media element, not in an attribute.");
  }

  override update(part: ElementPart, [track]: [MediaStreamTrack | null]): unknown {
    this.#element = part.element as HTMLMediaElement;
    return this.render(track);
  }

  render(track: MediaStreamTrack | null): unknown {
    if (track !== this.#track) {
      this.#track = track;
      this.#play();
    }
    return noChange;
  }

  override disconnected(): void {
    if (this.#element) this.#element.srcObject = null;
  }

  /** A media element that was moved in the document has been paused by it. */
  override reconnected(): void {
    this.#play();
  }

  #play(): void {
    if (!this.#element) return;
    this.#element.srcObject = this.#track && new MediaStream([this.#track]);
    // Refused where the page may not make a sound yet: the element plays by itself (autoplay) once it may.
    if (this.#track) this.#element.play().catch(() => undefined);
  }
}

/** Plays a track in the media element it stands in: `<video ${playTrack(track)}>`. */
export const playTrack = directive(PlayTrack);
