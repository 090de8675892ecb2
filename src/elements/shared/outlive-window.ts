import type { ReactiveController, ReactiveControllerHost } from "lit";

/**
 * An element in a small window, pop-up or frame is not notified when that window closes, and Chromium then drops every
 * listener of it. This removes it with its whole document, after the host's own listeners of `pagehide`. Like any removed
 * element it can be inserted again.
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
