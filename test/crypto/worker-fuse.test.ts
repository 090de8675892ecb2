import { expect } from "@open-wc/testing";
import { fuseMilliseconds, WorkerFuse } from "../../src/crypto/worker-fuse.ts";
import type { FuseStorage } from "../../src/crypto/worker-fuse.ts";

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

describe("the fuse of the worker", () => {
  it("is blown for the next page where a page did not live to take its mark away", () => {
    const storage = new MemoryStorage();
    new WorkerFuse(storage).set();
    expect(new WorkerFuse(storage).isBlown).to.equal(true);
  });

  it("is whole again once frames have been sealed for three seconds, and not before", () => {
    const storage = new MemoryStorage();
    const fuse = new WorkerFuse(storage);
    fuse.set();
    fuse.sealed(0, 0);
    fuse.sealed(1, 10_000);
    fuse.sealed(50, 10_000 + fuseMilliseconds - 1);
    expect(new WorkerFuse(storage).isBlown).to.equal(true);
    fuse.sealed(51, 10_000 + fuseMilliseconds);
    expect(new WorkerFuse(storage).isBlown).to.equal(false);
  });

  it("is whole where the call or the page ended in order", () => {
    const storage = new MemoryStorage();
    const ended = new WorkerFuse(storage);
    ended.set();
    ended.clear();
    expect(new WorkerFuse(storage).isBlown).to.equal(false);
    new WorkerFuse(storage).set();
    window.dispatchEvent(new PageTransitionEvent("pagehide"));
    expect(new WorkerFuse(storage).isBlown).to.equal(false);
  });

  it("does not take away the mark of another page", () => {
    const storage = new MemoryStorage();
    new WorkerFuse(storage).set();
    new WorkerFuse(storage).clear();
    expect(new WorkerFuse(storage).isBlown).to.equal(true);
    window.dispatchEvent(new PageTransitionEvent("pagehide"));
  });

  it("fails nothing where a page has no storage, or one that throws", () => {
    const refuse = () => {
      throw new DOMException("Denied.", "SecurityError");
    };
    for (const storage of [null, { getItem: refuse, setItem: refuse, removeItem: refuse }]) {
      const fuse = new WorkerFuse(storage);
      expect(fuse.isBlown).to.equal(false);
      fuse.set();
      fuse.sealed(1, 0);
      fuse.clear();
    }
  });

  it("can hold its mark where a storage keeps what it is given, and asking leaves nothing behind", () => {
    const storage = new MemoryStorage();
    expect(new WorkerFuse(storage).canMark).to.equal(true);
    expect(new WorkerFuse(storage).isBlown).to.equal(false);
    new WorkerFuse(storage).set();
    expect(new WorkerFuse(storage).canMark).to.equal(true);
    expect(new WorkerFuse(storage).isBlown).to.equal(true);
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
    for (const storage of [null, full, forgetful, denied]) expect(new WorkerFuse(storage).canMark).to.equal(false);
  });
});
