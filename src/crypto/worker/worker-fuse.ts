import { randomBytes, toBase64url } from "../base64url.ts";

/*
 * Some Android WebViews are reported to crash when a worker transforms frames, which a page cannot catch. A mark is stored
 * before the first worker transform. It is removed after three seconds of encrypted frames, or at an orderly end of the page. A
 * mark left by a dead page makes the next call encrypt on the main thread.
 */

/** Storage key. The value has one word for each call with a mark. */
const mark = "sx-call-kit worker fuse";

/** Milliseconds of encrypted frames after which the worker counts as sound. */
export const fuseMilliseconds = 3000;

/** The required part of W3C `Storage`. */
export type FuseStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** The required part of W3C `LockManager`. A lock ends with its page. https://www.w3.org/TR/web-locks/ */
export interface FuseLocks {
  request(name: string, callback: () => Promise<void>): Promise<unknown>;
  query(): Promise<{ readonly held?: readonly { readonly name?: string }[] }>;
}

/** Detects workers that crash the page. Without storage it has no effect. */
export class WorkerFuse {
  readonly #storage: FuseStorage | null;
  readonly #locks: FuseLocks | null;
  readonly #word = toBase64url(randomBytes(9));
  #sealedSince: number | null = null;
  #isSet = false;
  #letGo: () => void = () => undefined;

  /** @param locks without them every mark counts, even that of a call in another open page. */
  constructor(storage: FuseStorage | null = ownStorage(), locks: FuseLocks | null = ownLocks()) {
    this.#storage = storage;
    this.#locks = locks;
  }

  /** Returns `true` where a page with a worker did not live to remove its mark. */
  async isBlown(): Promise<boolean> {
    const words = this.#words();
    if (words.length === 0) return false;
    const living = await this.#living();
    return words.some((word) => !living.has(lockOf(word)));
  }

  /** Returns `true` where the storage keeps a mark, by a trial under another name. */
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

  /** Stores the mark before the first transform in a worker. */
  set(): void {
    if (this.#isSet) return;
    this.#isSet = true;
    this.#write([...this.#words(), this.#word]);
    globalThis.addEventListener("pagehide", this.#clear);
    const held = new Promise<void>((resolve) => (this.#letGo = resolve));
    void attempt(() => this.#locks?.request(lockOf(this.#word), () => held).catch(() => undefined));
  }

  /** Updates the fuse with each reading of the counters. */
  sealed(frames: number, now: number): void {
    if (frames === 0) return;
    this.#sealedSince ??= now;
    if (now - this.#sealedSince >= fuseMilliseconds) this.clear();
  }

  /** Removes the mark: the call ended in order, or the worker has proved itself. */
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

  /** Returns the locks of all open pages, including this one. */
  async #living(): Promise<ReadonlySet<string | undefined>> {
    // Refused for a page with an opaque origin.
    const found = await attempt(() => this.#locks?.query().catch(() => undefined));
    return new Set(found?.held?.map(({ name }) => name));
  }
}

const lockOf = (word: string) => `${mark} ${word}`;

/** Reading the property throws in a page without storage, such as a sandboxed frame. */
function ownStorage(): FuseStorage | null {
  return attempt(() => globalThis.localStorage) ?? null;
}

/** Absent in some engines, contrary to TypeScript's DOM library. */
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
