import { expect } from "@open-wc/testing";
import {
  fuseMilliseconds,
  WorkerFuse,
  type FuseLocks,
  type FuseStorage,
} from "../../../src/crypto/worker/frame-cipher.ts";

class MemoryStorage implements FuseStorage {
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
class PageLocks implements FuseLocks {
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

/** A fuse of a page that shares its storage with others, and lives no longer. */
const nextPage = (storage: FuseStorage) => new WorkerFuse(storage, null);

describe("the fuse of the worker", () => {
  it("is blown for the next page where a page did not live to take its mark away", async () => {
    const [storage, locks] = [new MemoryStorage(), new PageLocks()];
    new WorkerFuse(storage, locks).set();
    locks.vanish();
    expect(await new WorkerFuse(storage, locks).isBlown()).to.equal(true);
  });

  it("is whole for a second call while the first one goes on, in this page or another", async () => {
    const [storage, locks] = [new MemoryStorage(), new PageLocks()];
    const [first, second] = [new WorkerFuse(storage, locks), new WorkerFuse(storage, locks)];
    first.set();
    expect(await second.isBlown()).to.equal(false);
    second.set();
    first.clear();
    expect(await new WorkerFuse(storage, locks).isBlown()).to.equal(false);
    locks.vanish();
    expect(await new WorkerFuse(storage, locks).isBlown()).to.equal(true);
    second.clear();
    expect([await new WorkerFuse(storage, locks).isBlown(), storage.size]).to.deep.equal([
      false,
      0,
    ]);
  });

  it("is whole while another fuse of this page is set, by the locks of the browser", async () => {
    const storage = new MemoryStorage();
    const first = new WorkerFuse(storage);
    first.set();
    expect(await new WorkerFuse(storage).isBlown()).to.equal(false);
    first.clear();
  });

  it("counts every mark where there are no locks, or they are refused", async () => {
    const storage = new MemoryStorage();
    const denied = {
      request: () => Promise.reject(new Error("Denied.")),
      query: () => Promise.reject(new Error("Denied.")),
    };
    for (const locks of [null, denied]) {
      const fuse = new WorkerFuse(storage, locks);
      fuse.set();
      expect(await new WorkerFuse(storage, locks).isBlown()).to.equal(true);
      fuse.clear();
      expect(await new WorkerFuse(storage, locks).isBlown()).to.equal(false);
    }
  });

  it("is whole again once frames have been sealed for three seconds, and not before", async () => {
    const storage = new MemoryStorage();
    const fuse = new WorkerFuse(storage);
    fuse.set();
    fuse.sealed(0, 0);
    fuse.sealed(1, 10_000);
    fuse.sealed(50, 10_000 + fuseMilliseconds - 1);
    expect(await nextPage(storage).isBlown()).to.equal(true);
    fuse.sealed(51, 10_000 + fuseMilliseconds);
    expect(await nextPage(storage).isBlown()).to.equal(false);
  });

  it("is whole where the call or the page ended in order", async () => {
    const storage = new MemoryStorage();
    const ended = new WorkerFuse(storage);
    ended.set();
    ended.clear();
    expect(await nextPage(storage).isBlown()).to.equal(false);
    new WorkerFuse(storage).set();
    window.dispatchEvent(new PageTransitionEvent("pagehide"));
    expect(await nextPage(storage).isBlown()).to.equal(false);
  });

  it("does not take away the mark of another page", async () => {
    const storage = new MemoryStorage();
    new WorkerFuse(storage).set();
    new WorkerFuse(storage).clear();
    expect(await nextPage(storage).isBlown()).to.equal(true);
    window.dispatchEvent(new PageTransitionEvent("pagehide"));
  });

  it("fails nothing where a page has no storage, or one that throws", async () => {
    const refuse = () => {
      throw new DOMException("Denied.", "SecurityError");
    };
    for (const storage of [null, { getItem: refuse, setItem: refuse, removeItem: refuse }]) {
      const fuse = new WorkerFuse(storage);
      expect(await fuse.isBlown()).to.equal(false);
      fuse.set();
      fuse.sealed(1, 0);
      fuse.clear();
    }
  });

  it("can hold its mark where a storage keeps what it is given, and asking leaves nothing behind", async () => {
    const storage = new MemoryStorage();
    expect(new WorkerFuse(storage).canMark).to.equal(true);
    expect(await nextPage(storage).isBlown()).to.equal(false);
    new WorkerFuse(storage).set();
    expect(new WorkerFuse(storage).canMark).to.equal(true);
    expect(await nextPage(storage).isBlown()).to.equal(true);
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
      expect(new WorkerFuse(storage).canMark).to.equal(false);
  });
});
