import type { CallNotice } from "./call-source.ts";

/** Who listens to the calls of a screen. */
export class Listeners {
  readonly #listeners = new Set<(notice: CallNotice) => void>();

  /** @returns a function that ends the subscription. */
  add(listener: (notice: CallNotice) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  clear(): void {
    this.#listeners.clear();
  }

  tell(notice: CallNotice): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(notice);
      } catch (thrown) {
        // A listener's fault must not keep the rest of a step from happening: it goes where uncaught errors go.
        queueMicrotask(() => {
          throw thrown;
        });
      }
    }
  }
}
