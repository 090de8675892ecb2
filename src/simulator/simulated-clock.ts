import { CallError } from "../errors.ts";
import type { CallPorts } from "../controller/ports.ts";

interface Timer {
  readonly at: number;
  readonly ring: () => void;
}

/** Clock of a simulated call: follows the system clock at a given speed, or stands still until advanced. */
export class SimulatedClock implements Pick<CallPorts, "now" | "setTimer"> {
  readonly #speed: number;
  readonly #begun = Date.now();
  readonly #start: number;
  /** Time advanced in a clock that stands still. */
  #advanced = 0;
  #timers: readonly Timer[] = [];
  #next: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param speed factor of the system clock; 0 to stand still.
   * @param start initial time. Milliseconds since the epoch.
   */
  constructor(speed: number, start: number) {
    if (!(speed >= 0 && speed <= 1000))
      throw new CallError("bad-argument", "The speed of a simulated call is from 0 to 1000.");
    this.#speed = speed;
    this.#start = start;
  }

  /** Number of waiting timers. */
  get pending(): number {
    return this.#timers.length;
  }

  readonly now = (): number => {
    return (
      this.#start + (this.#speed === 0 ? this.#advanced : (Date.now() - this.#begun) * this.#speed)
    );
  };

  readonly setTimer = (milliseconds: number, ring: () => void): (() => void) => {
    const timer: Timer = { at: this.now() + milliseconds, ring };
    // Sorting is stable: of two timers due together, the one set first fires first.
    this.#timers = [...this.#timers, timer].sort((one, other) => one.at - other.at);
    this.#wait();
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  /**
   * Advances a clock that stands still. Each timer fires at its own time, and its consequences are completed before the next.
   *
   * @throws {CallError} `not-possible` for a running clock.
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

  /** Clears all timers. */
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

  /** One system timer for the next simulated one. */
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

/** Waits for all pending microtasks: a task begins only when none is left. */
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
