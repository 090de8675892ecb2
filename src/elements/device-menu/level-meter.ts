import type { LitElement, ReactiveController } from "lit";
import type { CallLevels } from "../../controller/call-source.ts";

/** Milliseconds between updates. More would not be visible. */
const interval = 100;

/** Decibels below full scale that count as silence. */
const floor = 60;

/** Shows the level of the microphone while its host is connected and visible. */
export class LevelMeter implements ReactiveController {
  readonly #host: LitElement;
  readonly #levels: () => CallLevels | null;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: LitElement, levels: () => CallLevels | null) {
    this.#host = host;
    this.#levels = levels;
    host.addController(this);
  }

  hostConnected(): void {
    this.#timer = setInterval(this.#draw, interval);
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
  }

  /** Without a rendering: only the bar changes. */
  readonly #draw = (): void => {
    const meter = this.#host.renderRoot.querySelector<HTMLElement>(".meter");
    if (meter === null || document.hidden) return;
    const level = barOf(this.#levels()?.microphone() ?? 0);
    meter.style.setProperty("--_level", level.toFixed(2));
    // In steps of ten, so that a screen reader does not announce ten values a second.
    meter.ariaValueNow = String(Math.round(level * 10) * 10);
  };
}

/** Returns the length of the bar for a linear level, both 0 to 1: proportional to decibels, like hearing. */
export function barOf(level: number): number {
  return level > 0 ? Math.min(1, Math.max(0, 1 + (20 * Math.log10(level)) / floor)) : 0;
}
