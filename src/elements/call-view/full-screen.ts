import type { LitElement } from "lit";

/** Takes the view to the full screen, where the browser can (WHATWG Fullscreen): phones of Apple and most WebViews cannot. */
export class FullScreen {
  readonly #host: LitElement;

  constructor(host: LitElement) {
    this.#host = host;
    host.addEventListener("fullscreenchange", () => host.requestUpdate());
  }

  get isPossible(): boolean {
    return this.#host.ownerDocument.fullscreenEnabled;
  }

  get isOn(): boolean {
    return this.#host.matches(":fullscreen");
  }

  /** Refused without a press of a person: then nothing happens, as in every other page. */
  toggle(): void {
    const { ownerDocument } = this.#host;
    const done = this.isOn
      ? ownerDocument.exitFullscreen()
      : this.#host.requestFullscreen({ navigationUI: "hide" });
    done.catch(() => undefined);
  }
}
