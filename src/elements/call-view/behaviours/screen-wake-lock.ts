/** The required part of W3C Screen Wake Lock: `navigator.wakeLock`. */
export type ScreenLocks = {
  request(type: "screen"): Promise<Pick<WakeLockSentinel, "released" | "release">>;
};

/**
 * Keeps the screen on. A refusal of the system, such as for a low battery, is ignored.
 * @see https://www.w3.org/TR/screen-wake-lock/
 */
export class ScreenWakeLock {
  readonly #locks: ScreenLocks | undefined;
  #wanted = false;
  #asking = false;
  #lock: Awaited<ReturnType<ScreenLocks["request"]>> | null = null;

  // Absent in some engines, contrary to TypeScript's DOM library.
  constructor(locks: ScreenLocks | undefined = (navigator as Partial<Navigator>).wakeLock) {
    this.#locks = locks;
  }

  /** Sets whether the screen has to stay on. */
  set(wanted: boolean): void {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    if (wanted) {
      // Browsers release the lock of a hidden page, which has to request it again.
      document.addEventListener("visibilitychange", this.#take);
      this.#take();
    } else {
      document.removeEventListener("visibilitychange", this.#take);
      release(this.#lock);
      this.#lock = null;
    }
  }

  readonly #take = (): void => void this.#ask();

  async #ask(): Promise<void> {
    if (document.hidden || this.#asking || this.#lock?.released === false) return;
    this.#asking = true;
    try {
      const lock = await this.#locks?.request("screen");
      // The call may have ended during the request.
      if (this.#wanted) this.#lock = lock ?? null;
      else release(lock);
    } catch {
      // Refused now: requested again when the page becomes visible.
    } finally {
      this.#asking = false;
    }
  }
}

function release(lock: Pick<WakeLockSentinel, "release"> | null | undefined): void {
  void lock?.release().catch(() => undefined);
}
