import type { PlayWatch } from "../../shared/play-track.ts";

/** The sounds and pictures of a call that the browser does not play before a person has pressed something (its autoplay policy). */
export class BlockedSound implements PlayWatch {
  readonly #elements = new Set<HTMLMediaElement>();
  readonly #changed: () => void;

  /** @param changed is called when there is a first one, and when there is none any more. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get isBlocked(): boolean {
    return this.#elements.size > 0;
  }

  refused(element: HTMLMediaElement): void {
    this.#elements.add(element);
    if (this.#elements.size === 1) this.#changed();
  }

  settled(element: HTMLMediaElement): void {
    if (this.#elements.delete(element) && this.#elements.size === 0) this.#changed();
  }

  /** Plays them all. To be called from a press: in another moment it is refused again. */
  retry(): void {
    for (const element of this.#elements) {
      void element.play().catch(() => undefined);
      // Not by the promise: it waits for the first sound, which may not come for a while.
      if (!element.paused) this.settled(element);
    }
  }
}
