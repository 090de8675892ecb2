import type { LitElement, ReactiveController } from "lit";

/** How often the ring follows the voice, in milliseconds; the style glides in between. Each reading costs statistics of the connection. */
const pace = 200;

/** Below this a level is the noise of a room: 0 to 1, linear. */
const floor = 0.008;

/**
 * How large the ring is for a level, 0 to 1 in steps of 0.05. Ears, and so the ring, hear powers, not amplitudes; and a ring that
 * falls at once after each syllable flickers.
 *
 * @param level - linear, 0 to 1.
 * @param before - how large it was.
 */
export function ringSize(level: number, before: number): number {
  const loud = level < floor ? 0 : Math.min(1, Math.sqrt(level) * 1.5);
  // Down: a ring that rounds up would never come to rest.
  return Math.floor(Math.max(loud, before * 0.5) * 20) / 20;
}

/**
 * Lets what has the class `voice` follow the other side's voice by the custom property `--_voice`, 0 to 1. Nothing is measured, and
 * no timer runs, while nobody can see it.
 */
export class VoiceRing implements ReactiveController {
  readonly #host: LitElement;
  readonly #level: () => number | null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #size = 0;

  /** @param level - the voice, 0 to 1, linear; `null` where there is none to follow. */
  constructor(host: LitElement, level: () => number | null) {
    this.#host = host;
    this.#level = level;
    host.addController(this);
  }

  get isRunning(): boolean {
    return this.#timer !== undefined;
  }

  hostConnected(): void {
    document.addEventListener("visibilitychange", this.#update);
  }

  hostDisconnected(): void {
    document.removeEventListener("visibilitychange", this.#update);
    this.#stop();
  }

  hostUpdated(): void {
    this.#update();
  }

  readonly #update = (): void => {
    const isSeen = this.#host.isConnected && !document.hidden && this.#rings.length > 0;
    if (!isSeen || this.#level() === null) this.#stop();
    else this.#timer ??= setInterval(this.#follow, pace);
  };

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#draw(0);
  }

  readonly #follow = (): void => {
    const level = this.#level();
    if (level === null) this.#stop();
    else this.#draw(ringSize(level, this.#size));
  };

  #draw(size: number): void {
    if (size === this.#size) return;
    this.#size = size;
    for (const ring of this.#rings) ring.style.setProperty("--_voice", String(size));
  }

  get #rings(): NodeListOf<HTMLElement> {
    return this.#host.renderRoot.querySelectorAll<HTMLElement>(".voice");
  }
}
