import type { ReactiveController, ReactiveControllerHost } from "lit";

/** A device that slept over midnight has a late timer: the day is looked at this often. Milliseconds. */
const longest = 600_000;

/** Renders its host when another day begins: "Today" is then another one. */
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
    // A little after it, so that it is the new day.
    this.#timer = setTimeout(this.#look, Math.min(longest, midnight - this.#now() + 50));
  }

  #today(): string {
    return new Date(this.#now()).toDateString();
  }
}
