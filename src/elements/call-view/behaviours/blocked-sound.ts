import type { PlayWatch } from "../../shared/play-track.ts";

/** Media elements whose playback the browser's autoplay policy blocks. */
export class BlockedSound implements PlayWatch {
  readonly #elements = new Set<HTMLMediaElement>();
  readonly #changed: () => void;

  /** @param changed called when the first one is added, and when none is left. */
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

  /** Plays all of them. Call it in the handler of a press: otherwise it is refused again. */
  retry(): void {
    for (const element of this.#elements) {
      void element.play().catch(() => undefined);
      // The promise would wait for the first sound, which may be late.
      if (!element.paused) this.settled(element);
    }
  }
}
