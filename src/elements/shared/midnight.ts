import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Maximum milliseconds between checks of the day: a device that slept over midnight has a late timer. */
const longest = 600_000;

/** Renders its host when a new day begins, because "Today" changes. */
export class Midnight implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #now: () => number;
  #day = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, now: () => number = () => Date.now()) {
    this.#host = host;
    this.#now = now;
    host.addController(this);
  }

  hostConnected(): void {
    this.#day = this.#today();
    document.addEventListener("visibilitychange", this.#look);
    this.#wait();
  }

  hostDisconnected(): void {
    document.removeEventListener("visibilitychange", this.#look);
    clearTimeout(this.#timer);
  }

  readonly #look = (): void => {
    const today = this.#today();
    if (today !== this.#day) this.#host.requestUpdate();
    this.#day = today;
    this.#wait();
  };

  #wait(): void {
    clearTimeout(this.#timer);
    const midnight = new Date(this.#now()).setHours(24, 0, 0, 0);
    // Slightly later, to be in the new day.
    this.#timer = setTimeout(this.#look, Math.min(longest, midnight - this.#now() + 50));
  }

  #today(): string {
    return new Date(this.#now()).toDateString();
  }
}
