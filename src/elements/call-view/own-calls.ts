import type { CallNotice, CallSource } from "../../controller/call-source.ts";

/**
 * The calls behind a screen: its own, made when they are first needed, or others that it was given. Only its own are closed
 * with it.
 */
export class OwnCalls {
  readonly #make: () => CallSource;
  readonly #onNotice: (notice: CallNotice, calls: CallSource) => void;
  #calls: CallSource | null = null;
  /** Whether the calls were made here, and so are ours to close. */
  #own = false;
  #leaveCalls: (() => void) | undefined;

  constructor(make: () => CallSource, onNotice: (notice: CallNotice, calls: CallSource) => void) {
    this.#make = make;
    this.#onNotice = onNotice;
  }

  /** The calls, if there are any yet. */
  get current(): CallSource | null {
    return this.#calls;
  }

  /** The calls, made now if need be. */
  get needed(): CallSource {
    if (this.#calls !== null) return this.#calls;
    const calls = this.#make();
    this.#take(calls);
    this.#own = true;
    return calls;
  }

  /** Takes other calls. Those made here are closed. */
  replace(calls: CallSource): void {
    this.leave();
    this.#take(calls);
  }

  /**
   * Calls of our own are closed, and stay subscribed until they have said their last: the other side must still be told that the
   * call is over, and the host how it went.
   */
  leave(): void {
    if (this.#own) this.#calls?.close();
    else this.#leaveCalls?.();
    this.#leaveCalls = undefined;
    this.#calls = null;
    this.#own = false;
  }

  #take(calls: CallSource): void {
    this.#calls = calls;
    this.#leaveCalls = calls.subscribe((notice) => this.#onNotice(notice, calls));
  }
}
