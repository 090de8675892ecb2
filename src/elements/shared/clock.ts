import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Renders its host once a second, on the second of a call, and only while the call runs and the page can be seen. */
export class Clock implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #since: () => number | null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param since - when the running call connected, in milliseconds since the epoch; `null` while no clock is shown. */
  constructor(host: ReactiveControllerHost, since: () => number | null) {
    this.#host = host;
    this.#since = since;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener("visibilitychange", this.#tick);
    this.#wait();
  }

  hostDisconnected(): void {
    document.removeEventListener("visibilitychange", this.#tick);
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  hostUpdated(): void {
    this.#wait();
  }

  readonly #tick = (): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#host.requestUpdate();
  };

  #wait(): void {
    const since = this.#since();
    if (since === null || document.hidden) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
    } else {
      // A little after the second, so that rounding never shows the same one twice.
      this.#timer ??= setTimeout(
        this.#tick,
        1010 - ((((Date.now() - since) % 1000) + 1000) % 1000),
      );
    }
  }
}
