import { expect } from "@open-wc/testing";
import {
  markMilliseconds,
  CrashMark,
  type MarkLocks,
  type MarkStorage,
} from "../../../src/crypto/worker/frame-cipher.ts";

class MemoryStorage implements MarkStorage {
  readonly #items = new Map<string, string>();
  get size(): number {
    return this.#items.size;
  }
  getItem(name: string): string | null {
    return this.#items.get(name) ?? null;
  }
  setItem(name: string, value: string): void {
    this.#items.set(name, value);
  }
  removeItem(name: string): void {
    this.#items.delete(name);
  }
}

/** The locks of one page. When it is gone, so are they. */
class PageLocks implements MarkLocks {
  readonly #held = new Set<string>();
  async request(name: string, callback: () => Promise<void>): Promise<void> {
    this.#held.add(name);
    await callback();
    this.#held.delete(name);
  }
  query(): Promise<{ held: { name: string }[] }> {
    return Promise.resolve({ held: [...this.#held].map((name) => ({ name })) });
  }
  vanish(): void {
    this.#held.clear();
  }
}

/** The mark of a page that shares its storage with others, and lives no longer. */
const nextPage = (storage: MarkStorage) => new CrashMark(storage, null);

describe("the mark of a worker that crashes the page", () => {
  it("is left for the next page where a page did not live to take its mark away", async () => {
    const [storage, locks] = [new MemoryStorage(), new PageLocks()];
    new CrashMark(storage, locks).set();
    locks.vanish();
    expect(await new CrashMark(storage, locks).isLeft()).to.equal(true);
  });

  it("is not left for a second call while the first one goes on, in this page or another", async () => {
    const [storage, locks] = [new MemoryStorage(), new PageLocks()];
    const [first, second] = [new CrashMark(storage, locks), new CrashMark(storage, locks)];
    first.set();
    expect(await second.isLeft()).to.equal(false);
    second.set();
    first.clear();
    expect(await new CrashMark(storage, locks).isLeft()).to.equal(false);
    locks.vanish();
    expect(await new CrashMark(storage, locks).isLeft()).to.equal(true);
    second.clear();
    expect([await new CrashMark(storage, locks).isLeft(), storage.size]).to.deep.equal([false, 0]);
  });

  it("is not left while another mark of this page is set, by the locks of the browser", async () => {
    const storage = new MemoryStorage();
    const first = new CrashMark(storage);
    first.set();
    expect(await new CrashMark(storage).isLeft()).to.equal(false);
    first.clear();
  });

  it("counts every mark where there are no locks, or they are refused", async () => {
    const storage = new MemoryStorage();
    const denied = {
      request: () => Promise.reject(new Error("Denied.")),
      query: () => Promise.reject(new Error("Denied.")),
    };
    for (const locks of [null, denied]) {
      const mark = new CrashMark(storage, locks);
      mark.set();
      expect(await new CrashMark(storage, locks).isLeft()).to.equal(true);
      mark.clear();
      expect(await new CrashMark(storage, locks).isLeft()).to.equal(false);
    }
  });

  it("is removed once frames have been sealed for three seconds, and not before", async () => {
    const storage = new MemoryStorage();
    const mark = new CrashMark(storage);
    mark.set();
    mark.sealed(0, 0);
    mark.sealed(1, 10_000);
    mark.sealed(50, 10_000 + markMilliseconds - 1);
    expect(await nextPage(storage).isLeft()).to.equal(true);
    mark.sealed(51, 10_000 + markMilliseconds);
    expect(await nextPage(storage).isLeft()).to.equal(false);
  });

  it("is removed where the call or the page ended in order", async () => {
    const storage = new MemoryStorage();
    const ended = new CrashMark(storage);
    ended.set();
    ended.clear();
    expect(await nextPage(storage).isLeft()).to.equal(false);
    new CrashMark(storage).set();
    window.dispatchEvent(new PageTransitionEvent("pagehide"));
    expect(await nextPage(storage).isLeft()).to.equal(false);
  });

  it("does not take away the mark of another page", async () => {
    const storage = new MemoryStorage();
    new CrashMark(storage).set();
    new CrashMark(storage).clear();
    expect(await nextPage(storage).isLeft()).to.equal(true);
    window.dispatchEvent(new PageTransitionEvent("pagehide"));
  });

  it("fails nothing where a page has no storage, or one that throws", async () => {
    const refuse = () => {
      throw new DOMException("Denied.", "SecurityError");
    };
    for (const storage of [null, { getItem: refuse, setItem: refuse, removeItem: refuse }]) {
      const mark = new CrashMark(storage);
      expect(await mark.isLeft()).to.equal(false);
      mark.set();
      mark.sealed(1, 0);
      mark.clear();
    }
  });

  it("can hold its mark where a storage keeps what it is given, and asking leaves nothing behind", async () => {
    const storage = new MemoryStorage();
    expect(new CrashMark(storage).canMark).to.equal(true);
    expect(await nextPage(storage).isLeft()).to.equal(false);
    new CrashMark(storage).set();
    expect(new CrashMark(storage).canMark).to.equal(true);
    expect(await nextPage(storage).isLeft()).to.equal(true);
    window.dispatchEvent(new PageTransitionEvent("pagehide"));
    expect(storage.size).to.equal(0);
  });

  it("cannot hold its mark without a storage, nor in one that is full, refuses or forgets", () => {
    const refuse = () => {
      throw new DOMException("Denied.", "SecurityError");
    };
    const full = Object.assign(new MemoryStorage(), { setItem: refuse });
    const forgetful = Object.assign(new MemoryStorage(), { setItem: () => {} });
    const denied = { getItem: refuse, setItem: refuse, removeItem: refuse };
    for (const storage of [null, full, forgetful, denied])
      expect(new CrashMark(storage).canMark).to.equal(false);
  });
});
