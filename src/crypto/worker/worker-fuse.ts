import { randomBytes, toBase64url } from "../bytes.ts";

/*
 * Some Android WebViews are reported to crash when a worker transforms frames. A page cannot catch that, but the next one can know:
 * a mark is set before the first worker transform and taken away once frames have been sealed for three seconds, or when the page
 * ends in order. Where one is found at the start of a call whose page no longer lives, frames are encrypted on the main thread.
 */

/** What stands in the storage under this name: a word for each call that has a mark. */
const mark = "sx-call-kit worker fuse";

/** How long frames must have been sealed before the worker counts as sound. Milliseconds. */
export const fuseMilliseconds = 3000;

/** The part of W3C `Storage` that the fuse uses. */
export type FuseStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** The part of W3C `LockManager` that the fuse uses: a lock of a page that is gone is gone with it. https://www.w3.org/TR/web-locks/ */
export interface FuseLocks {
  request(name: string, callback: () => Promise<void>): Promise<unknown>;
  query(): Promise<{ readonly held?: readonly { readonly name?: string }[] }>;
}

/** The mark against workers that take the page down with them. Without a storage there is no fuse, and nothing fails by it. */
export class WorkerFuse {
  readonly #storage: FuseStorage | null;
  readonly #locks: FuseLocks | null;
  readonly #word = toBase64url(randomBytes(9));
  #sealedSince: number | null = null;
  #isSet = false;
  #letGo: () => void = () => undefined;

  /** @param locks without them every mark counts, also one of a call that goes on in another page. */
  constructor(storage: FuseStorage | null = ownStorage(), locks: FuseLocks | null = ownLocks()) {
    this.#storage = storage;
    this.#locks = locks;
  }

  /** Whether a page that used a worker did not live to take its mark away. */
  async isBlown(): Promise<boolean> {
    const words = this.#words();
    if (words.length === 0) return false;
    const living = await this.#living();
    return words.some((word) => !living.has(lockOf(word)));
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
    this.#write([...this.#words(), this.#word]);
    globalThis.addEventListener("pagehide", this.#clear);
    const held = new Promise<void>((resolve) => (this.#letGo = resolve));
    void attempt(() => this.#locks?.request(lockOf(this.#word), () => held).catch(() => undefined));
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
    this.#write(this.#words().filter((word) => word !== this.#word));
    this.#letGo();
  };

  #words(): readonly string[] {
    return attempt(() => this.#storage?.getItem(mark)?.split(" ")) ?? [];
  }

  #write(words: readonly string[]): void {
    attempt(() => {
      if (words.length > 0) this.#storage?.setItem(mark, words.join(" "));
      else this.#storage?.removeItem(mark);
    });
  }

  /** The locks of all pages that live, this one too. */
  async #living(): Promise<ReadonlySet<string | undefined>> {
    // A page without an origin of its own is refused.
    const found = await attempt(() => this.#locks?.query().catch(() => undefined));
    return new Set(found?.held?.map(({ name }) => name));
  }
}

const lockOf = (word: string) => `${mark} ${word}`;

/** A page without storage (a sandboxed frame, say) throws on the mere mention of it. */
function ownStorage(): FuseStorage | null {
  return attempt(() => globalThis.localStorage) ?? null;
}

/** Not in every engine, whatever TypeScript's DOM library says. */
function ownLocks(): FuseLocks | null {
  return (globalThis.navigator as Partial<Navigator> | undefined)?.locks ?? null;
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
