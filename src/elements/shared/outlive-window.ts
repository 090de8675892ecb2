import type { ReactiveController, ReactiveControllerHost } from "lit";

/**
 * In a small window, pop-up or frame of the page an element is not notified that it goes with its window, and Chromium then drops every
 * listener of it. This takes it out, with all that is around it, after the host's own listeners of `pagehide`: from there on it is
 * an element that was removed, and may be put back.
 */
export class OutliveWindow implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    const { ownerDocument: place } = this.#host;
    const { defaultView: view } = place;
    if (view === null || view === globalThis.window) return;
    const leave = () => {
      if (this.#host.isConnected && this.#host.ownerDocument === place)
        document.adoptNode(place.documentElement);
    };
    const gone = () => {
      // Fired next (HTML Standard, "unload a document").
      place.addEventListener("visibilitychange", leave, { once: true });
    };
    view.addEventListener("pagehide", gone, { once: true });
  }
}
