import { noChange, type ElementPart } from "lit";
import { AsyncDirective, directive } from "lit/async-directive.js";
import { PartType, type PartInfo } from "lit/directive.js";

/** Who is told of what the browser does not play before a person has pressed something. */
export interface PlayWatch {
  refused(element: HTMLMediaElement): void;
  /** It plays, or has nothing to play any more. */
  settled(element: HTMLMediaElement): void;
}

/** Plays one track in the `<video>` or `<audio>` element that it stands in, and lets go of it with the element. */
class PlayTrack extends AsyncDirective {
  #element: HTMLMediaElement | undefined;
  #track: MediaStreamTrack | null = null;
  #watch: PlayWatch | undefined;

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT)
      throw new TypeError("playTrack() stands in a media element, not in an attribute.");
  }

  override update(
    part: ElementPart,
    [track, watch]: [MediaStreamTrack | null, PlayWatch?],
  ): unknown {
    this.#element = part.element as HTMLMediaElement;
    this.#watch = watch;
    return this.render(track);
  }

  // Parameters of the directive that only `update` has a use for.
  render(track: MediaStreamTrack | null, _watch?: PlayWatch): unknown {
    if (track !== this.#track) {
      this.#track = track;
      this.#play();
    }
    return noChange;
  }

  override disconnected(): void {
    if (!this.#element) return;
    this.#element.srcObject = null;
    this.#watch?.settled(this.#element);
  }

  /** A media element that was moved in the document has been paused by it. */
  override reconnected(): void {
    this.#play();
  }

  #play(): void {
    const [element, track, watch] = [this.#element, this.#track, this.#watch];
    if (!element) return;
    element.srcObject = track && new MediaStream([track]);
    if (!track) {
      watch?.settled(element);
      return;
    }
    element.play().then(
      () => watch?.settled(element),
      (error: unknown) => {
        // Any other failure is of a track that another one has replaced. An answer may come after the element has gone.
        const isHeldBack = error instanceof DOMException && error.name === "NotAllowedError";
        if (isHeldBack && this.isConnected && this.#track !== null) watch?.refused(element);
      },
    );
  }
}

/** Plays a track in the media element it stands in: `<audio ${playTrack(track, watch)}>`. The watch is told where it may not play yet. */
export const playTrack = directive(PlayTrack);
