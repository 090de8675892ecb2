import type { ElementPart } from "lit";
import { AsyncDirective, directive } from "lit/async-directive.js";
import type { PartInfo } from "lit/directive.js";

/** Receives blocked and resumed playback. */
export interface PlayWatch {
  refused(element: HTMLMediaElement): void;
  /** The element plays, or has no track any more. */
  settled(element: HTMLMediaElement): void;
}

/** Plays one track in its `<video>` or `<audio>` element, and releases it with the element. */
class PlayTrack extends AsyncDirective {
  readonly #element: HTMLMediaElement;
  #track: MediaStreamTrack | null = null;
  #watch: PlayWatch | undefined;
  #speaker = "";

  constructor(part: PartInfo) {
    super(part);
    // Guaranteed by the templates of the directive.
    this.#element = (part as ElementPart).element as HTMLMediaElement;
  }

  render(
    track: MediaStreamTrack | null,
    watch?: PlayWatch,
    speaker?: string | null,
    volume?: number,
  ): void {
    this.#watch = watch;
    this.#playOn(speaker ?? "");
    if (volume !== undefined && this.#element.volume !== volume) this.#element.volume = volume;
    if (track !== this.#track) {
      this.#track = track;
      this.#play();
    }
  }

  override disconnected(): void {
    this.#element.srcObject = null;
    this.#watch?.settled(this.#element);
  }

  /** Moving a media element in the document pauses it. */
  override reconnected(): void {
    this.#play();
  }

  /** W3C Audio Output Devices. A missing output is replaced by the system's default: silence would be worse. */
  #playOn(speaker: string): void {
    const element = this.#element as Partial<HTMLMediaElement>;
    if (speaker === this.#speaker || element.setSinkId === undefined) return;
    this.#speaker = speaker;
    // A host's own function in its place may throw, or return nothing: an update must not fail with it.
    const choose = async () => element.setSinkId?.(speaker);
    choose().catch(() => {
      if (this.#speaker === speaker && speaker !== "") this.#playOn("");
    });
  }

  #play(): void {
    const [element, track, watch] = [this.#element, this.#track, this.#watch];
    element.srcObject = track && new MediaStream([track]);
    if (!track) {
      watch?.settled(element);
      return;
    }
    // As above; older WebViews return nothing.
    const play = async () => element.play();
    play().then(
      () => watch?.settled(element),
      (error: unknown) => {
        // Other failures belong to a replaced track. The rejection may arrive after the element is gone.
        const isHeldBack = error instanceof DOMException && error.name === "NotAllowedError";
        if (isHeldBack && this.isConnected && this.#track !== null) watch?.refused(element);
      },
    );
  }
}

let isVolumeOurs: boolean | undefined;

/** Returns `true` where a page sets how loud it plays: on iPhones the system alone does, and what is set has no effect. */
export function canSetVolume(): boolean {
  isVolumeOurs ??= (() => {
    const probe = new Audio();
    probe.volume = 0.5;
    return probe.volume === 0.5;
  })();
  return isVolumeOurs;
}

/**
 * Plays a track in its media element: `<audio ${playTrack(track, watch, speaker, volume)}>`. The watch is notified of blocked playback;
 * without a speaker it uses the system's default, without a volume the element's.
 */
export const playTrack = directive(PlayTrack);
