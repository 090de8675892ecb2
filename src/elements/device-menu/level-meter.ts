import type { LitElement, ReactiveController } from "lit";
import type { CallLevels } from "../../controller/call-source.ts";

/** How often it is drawn, in milliseconds: more is not seen, and would cost. */
const interval = 100;

/** Quieter than this is nothing. Decibels below the loudest. */
const floor = 60;

/** Draws how loud the microphone is, for as long as its host is in the document and can be seen. */
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

  /** Not by a new rendering: nothing but the bar moves. */
  readonly #draw = (): void => {
    const meter = this.#host.renderRoot.querySelector<HTMLElement>(".meter");
    if (meter === null || document.hidden) return;
    const level = barOf(this.#levels()?.microphone() ?? 0);
    meter.style.setProperty("--_level", level.toFixed(2));
    // In tenths: a screen reader that follows the value has something to say now and then, not ten times a second.
    meter.ariaValueNow = String(Math.round(level * 10) * 10);
  };
}

/** How far the bar goes for a linear level, both from 0 to 1: as ears hear it, by decibels. */
export function barOf(level: number): number {
  return level > 0 ? Math.min(1, Math.max(0, 1 + (20 * Math.log10(level)) / floor)) : 0;
}
