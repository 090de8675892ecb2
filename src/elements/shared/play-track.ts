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
  #speaker = "";

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT)
      throw new TypeError("playTrack() stands in a media element, not in an attribute.");
  }

  override update(
    part: ElementPart,
    [track, watch, speaker = null]: [MediaStreamTrack | null, PlayWatch?, (string | null)?],
  ): unknown {
    this.#element = part.element as HTMLMediaElement;
    this.#watch = watch;
    this.#playOn(speaker ?? "");
    return this.render(track);
  }

  // Parameters of the directive that only `update` has a use for.
  render(track: MediaStreamTrack | null, _watch?: PlayWatch, _speaker?: string | null): unknown {
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

  /** W3C Audio Output Devices. One that has gone meanwhile is replaced by the system's own: silence would be worse. */
  #playOn(speaker: string): void {
    const element = this.#element as Partial<HTMLMediaElement> | undefined;
    if (speaker === this.#speaker || element?.setSinkId === undefined) return;
    this.#speaker = speaker;
    element.setSinkId(speaker).catch(() => {
      if (this.#speaker === speaker && speaker !== "") this.#playOn("");
    });
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

/**
 * Plays a track in the media element it stands in: `<audio ${playTrack(track, watch, speaker)}>`. The watch is told where it may not play
 * yet; without a speaker it plays where the system plays.
 */
export const playTrack = directive(PlayTrack);
