import { CallError } from "../errors.ts";
import type { CallPorts } from "../controller/ports.ts";

interface Timer {
  readonly at: number;
  readonly ring: () => void;
}

/** The time of a simulated call: it goes with the machine's, faster or slower, or stands until it is told to go on. */
export class SimulatedClock implements Pick<CallPorts, "now" | "setTimer"> {
  readonly #speed: number;
  readonly #begun = Date.now();
  readonly #start: number;
  /** What has gone by where the clock does not go by itself. */
  #advanced = 0;
  #timers: readonly Timer[] = [];
  #next: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param speed how much faster than the machine's; 0 for one that stands.
   * @param start what it shows first. Milliseconds since the epoch.
   */
  constructor(speed: number, start: number) {
    if (!(speed >= 0 && speed <= 1000))
      throw new CallError("bad-argument", "The speed of a simulated call is from 0 to 1000.");
    this.#speed = speed;
    this.#start = start;
  }

  readonly now = (): number => {
    return (
      this.#start + (this.#speed === 0 ? this.#advanced : (Date.now() - this.#begun) * this.#speed)
    );
  };

  readonly setTimer = (milliseconds: number, ring: () => void): (() => void) => {
    const timer: Timer = { at: this.now() + milliseconds, ring };
    // Sorting is stable: of two that are due together, the one that was set first rings first.
    this.#timers = [...this.#timers, timer].sort((one, other) => one.at - other.at);
    this.#wait();
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  /**
   * Lets time pass in a clock that stands: every timer rings at its own moment, and what it sets off is done before the next.
   *
   * @throws {CallError} `not-possible` where the clock goes by itself.
   */
  async advance(milliseconds: number): Promise<void> {
    if (this.#speed !== 0)
      throw new CallError(
        "not-possible",
        "Only the time of a simulated call of speed 0 can be advanced.",
      );
    const end = this.#advanced + milliseconds;
    await settled();
    for (let timer = this.#take(end); timer !== undefined; timer = this.#take(end)) {
      this.#advanced = Math.max(this.#advanced, timer.at - this.#start);
      timer.ring();
      await settled();
    }
    this.#advanced = Math.max(this.#advanced, end);
  }

  /** No timer rings any more. */
  stop(): void {
    this.#timers = [];
    clearTimeout(this.#next);
  }

  #take(end: number): Timer | undefined {
    const [next] = this.#timers;
    if (next === undefined || next.at - this.#start > end) return undefined;
    this.#timers = this.#timers.slice(1);
    return next;
  }

  /** One timer of the machine's for the first of ours. */
  #wait(): void {
    clearTimeout(this.#next);
    const [next] = this.#timers;
    if (this.#speed === 0 || next === undefined) return;
    this.#next = setTimeout(
      () => {
        this.#take(this.now() - this.#start)?.ring();
        this.#wait();
      },
      Math.ceil((next.at - this.now()) / this.#speed),
    );
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
