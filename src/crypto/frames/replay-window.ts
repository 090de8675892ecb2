const size = 1024;

/**
 * Remembers the last 1,024 counters of a key. Covers the reordering and retransmission of a bad network with 128 bytes per key.
 */
export class ReplayWindow {
  readonly #seen = new Uint32Array(size / 32);
  #highest = -1;

  /** Returns `true` for a counter that was not seen and is within the window. */
  isFresh(counter: number): boolean {
    if (counter > this.#highest) return true;
    return counter > this.#highest - size && !this.#has(counter);
  }

  /** Marks a counter as seen. Call it after authentication only: a forged frame could otherwise block a genuine one. */
  mark(counter: number): void {
    if (counter > this.#highest) {
      const from = Math.max(this.#highest + 1, counter - size + 1);
      for (let skipped = from; skipped < counter; skipped++) this.#set(skipped, false);
      this.#highest = counter;
    }
    this.#set(counter, true);
  }

  #has(counter: number): boolean {
    const at = counter % size;
    return (((this.#seen[at >>> 5] ?? 0) >>> (at & 31)) & 1) === 1;
  }

  #set(counter: number, seen: boolean): void {
    const at = counter % size;
    const bit = 1 << (at & 31);
    const word = this.#seen[at >>> 5] ?? 0;
    this.#seen[at >>> 5] = seen ? word | bit : word & ~bit;
  }
}
