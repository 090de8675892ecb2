import type { CallNotice } from "./call-source.ts";

/** Listeners of the calls of a screen. */
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
        // An exception of a listener must not interrupt a step: it is reported as an uncaught error.
        queueMicrotask(() => {
          throw thrown;
        });
      }
    }
  }
}
