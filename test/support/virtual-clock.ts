interface Timer {
  readonly at: number;
  readonly ring: () => void;
}

/** A clock that only the test moves, with the timers of `CallPorts`. */
export class VirtualClock {
  #now: number;
  #timers: Timer[] = [];

  constructor(now = 1_000_000) {
    this.#now = now;
  }

  /** Number of waiting timers. */
  get pending(): number {
    return this.#timers.length;
  }

  readonly now = (): number => this.#now;

  readonly setTimer = (milliseconds: number, ring: () => void): (() => void) => {
    const timer: Timer = { at: this.#now + milliseconds, ring };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  /** Lets time pass: every timer that falls due rings at its own moment, and what it sets off is awaited before the next. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    for (;;) {
      const next = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#now = Math.max(this.#now, next.at);
      next.ring();
      await settled();
    }
    this.#now = end;
    await settled();
  }
}

/** Waits until everything that follows by promises alone has happened: a task begins only when no microtask is left. */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
