import { expect } from "@open-wc/testing";
import {
  ScreenWakeLock,
  type ScreenLocks,
} from "../../../../src/elements/call-view/behaviours/system-integration.ts";
import { settled } from "../../../support/virtual-clock.ts";

/** The system's locks, as a test wants them answered. */
class FakeLocks implements ScreenLocks {
  readonly given: { released: boolean; release(): Promise<void> }[] = [];
  asked = 0;
  refuses = false;
  #waiting: (() => void)[] | null = null;

  get held(): number {
    return this.given.filter(({ released }) => !released).length;
  }

  /** Requests wait from now on, until the function that this returns is called. */
  hold(): () => void {
    const waiting: (() => void)[] = (this.#waiting = []);
    return () => {
      this.#waiting = null;
      for (const answer of waiting) answer();
    };
  }

  async request(): ReturnType<ScreenLocks["request"]> {
    this.asked++;
    const waiting = this.#waiting;
    if (waiting) await new Promise<void>((answer) => waiting.push(answer));
    if (this.refuses) throw new DOMException("Low battery.", "NotAllowedError");
    const lock = {
      released: false,
      release() {
        this.released = true;
        return Promise.resolve();
      },
    };
    this.given.push(lock);
    return lock;
  }
}

const comesIntoSight = async () => {
  document.dispatchEvent(new Event("visibilitychange"));
  await settled();
};

describe("a screen that stays on", () => {
  it("has one lock for as long as it is wanted", async () => {
    const locks = new FakeLocks();
    const screen = new ScreenWakeLock(locks);
    screen.set(false);
    expect(locks.asked).to.equal(0);
    screen.set(true);
    screen.set(true);
    await settled();
    expect([locks.asked, locks.held]).to.deep.equal([1, 1]);
    screen.set(false);
    expect(locks.held).to.equal(0);
  });

  it("takes the lock again when the page comes back into sight, and only then", async () => {
    const locks = new FakeLocks();
    const screen = new ScreenWakeLock(locks);
    screen.set(true);
    await settled();
    await comesIntoSight();
    expect(locks.asked).to.equal(1);
    // As the browser does for a page that cannot be seen.
    locks.given[0]!.released = true;
    await comesIntoSight();
    expect([locks.asked, locks.held]).to.deep.equal([2, 1]);
    screen.set(false);
    await comesIntoSight();
    expect([locks.asked, locks.held]).to.deep.equal([2, 0]);
  });

  it("gives back a lock that comes after the call has ended", async () => {
    const locks = new FakeLocks();
    const screen = new ScreenWakeLock(locks);
    const answer = locks.hold();
    screen.set(true);
    screen.set(false);
    answer();
    await settled();
    expect([locks.given.length, locks.held]).to.deep.equal([1, 0]);
  });

  it("keeps the one lock where it is wanted again before the first answer", async () => {
    const locks = new FakeLocks();
    const screen = new ScreenWakeLock(locks);
    const answer = locks.hold();
    screen.set(true);
    screen.set(false);
    screen.set(true);
    answer();
    await settled();
    expect([locks.asked, locks.held]).to.deep.equal([1, 1]);
    screen.set(false);
    expect(locks.held).to.equal(0);
  });

  it("does without where it is refused, and asks again when the page comes into sight", async () => {
    const locks = new FakeLocks();
    locks.refuses = true;
    const screen = new ScreenWakeLock(locks);
    screen.set(true);
    await settled();
    locks.refuses = false;
    await comesIntoSight();
    expect([locks.asked, locks.held]).to.deep.equal([2, 1]);
    screen.set(false);
  });

  it("does without where the engine has no locks", async () => {
    const screen = new ScreenWakeLock(undefined);
    screen.set(true);
    await settled();
    screen.set(false);
  });
});
