/*
 * Some Android WebViews are reported to crash when a worker transforms frames. A page cannot catch that, but the next one can know:
 * a mark is set before the first worker transform and taken away once frames have been sealed for three seconds, or when the page
 * ends in order. Where it is found at the start of a call, frames are encrypted on the main thread.
 */

const mark = "sx-call-kit worker fuse";

/** How long frames must have been sealed before the worker counts as sound. Milliseconds. */
export const fuseMilliseconds = 3000;

/** The part of W3C `Storage` that the fuse uses. */
export type FuseStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** The mark against workers that take the page down with them. Without a storage there is no fuse, and nothing fails by it. */
export class WorkerFuse {
  readonly #storage: FuseStorage | null;
  #sealedSince: number | null = null;
  #isSet = false;

  constructor(storage: FuseStorage | null = ownStorage()) {
    this.#storage = storage;
  }

  /** Whether the last page that used a worker did not live to take its mark away. */
  get isBlown(): boolean {
    return (attempt(() => this.#storage?.getItem(mark)) ?? null) !== null;
  }

  /** Whether a mark would be there for the next page, asked of the storage with one of another name. */
  get canMark(): boolean {
    const trial = `${mark} trial`;
    return (
      attempt(() => {
        this.#storage?.setItem(trial, "1");
        const isHeld = this.#storage?.getItem(trial) === "1";
        this.#storage?.removeItem(trial);
        return isHeld;
      }) ?? false
    );
  }

  /** Before the first transform in a worker. */
  set(): void {
    if (this.#isSet) return;
    this.#isSet = true;
    attempt(() => this.#storage?.setItem(mark, "1"));
    globalThis.addEventListener("pagehide", this.#clear);
  }

  /** At each look at the counters. */
  sealed(frames: number, now: number): void {
    if (frames === 0) return;
    this.#sealedSince ??= now;
    if (now - this.#sealedSince >= fuseMilliseconds) this.clear();
  }

  /** The call has ended in order, or the worker has proved itself. */
  clear(): void {
    if (this.#isSet) this.#clear();
  }

  readonly #clear = (): void => {
    this.#isSet = false;
    globalThis.removeEventListener("pagehide", this.#clear);
    attempt(() => this.#storage?.removeItem(mark));
  };
}

/** A page without storage (a sandboxed frame, say) throws on the mere mention of it. */
function ownStorage(): FuseStorage | null {
  return attempt(() => globalThis.localStorage) ?? null;
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
