/** Something whose state a test waits for. */
export class Watched {
  readonly #watchers = new Set<() => void>();

  /** Waits until a condition holds; it is looked at now, and after everything that happens to this object. */
  untilThat(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!condition()) return;
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
      look();
    });
  }

  protected look(): void {
    for (const watcher of this.#watchers) watcher();
  }
}
