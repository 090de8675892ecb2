/** What is needed of W3C Screen Wake Lock: `navigator.wakeLock`. */
export type ScreenLocks = {
  request(type: "screen"): Promise<Pick<WakeLockSentinel, "released" | "release">>;
};

/**
 * Keeps the screen from going dark. Nothing is told where the system refuses it: a low battery may, and the call goes on.
 * @see https://www.w3.org/TR/screen-wake-lock/
 */
export class ScreenWakeLock {
  readonly #locks: ScreenLocks | undefined;
  #wanted = false;
  #asking = false;
  #lock: Awaited<ReturnType<ScreenLocks["request"]>> | null = null;

  // Not in every engine, whatever TypeScript's DOM library says.
  constructor(locks: ScreenLocks | undefined = (navigator as Partial<Navigator>).wakeLock) {
    this.#locks = locks;
  }

  /** Says whether the screen has to stay on from now on. */
  set(wanted: boolean): void {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    if (wanted) {
      // The browser lets go of the lock of a page that cannot be seen, and leaves it to the page to take it again.
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
      // The call may have ended while the system thought about it.
      if (this.#wanted) this.#lock = lock ?? null;
      else release(lock);
    } catch {
      // Not allowed now. The next time the page comes into sight it is asked again.
    } finally {
      this.#asking = false;
    }
  }
}

function release(lock: Pick<WakeLockSentinel, "release"> | null | undefined): void {
  void lock?.release().catch(() => undefined);
}
