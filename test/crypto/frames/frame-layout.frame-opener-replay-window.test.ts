import { expect } from "@open-wc/testing";
import fc from "fast-check";
import { ReplayWindow } from "../../../src/crypto/frames/frame-layout.ts";

const size = 1024;

/** The same in the simplest way: every counter that was ever seen. */
class Model {
  readonly #seen = new Set<number>();
  #highest = -1;

  isFresh(counter: number): boolean {
    return counter > this.#highest - size && !this.#seen.has(counter);
  }

  mark(counter: number): void {
    this.#seen.add(counter);
    this.#highest = Math.max(this.#highest, counter);
  }
}

function expectSameAsModel(counters: readonly number[]): void {
  const window = new ReplayWindow();
  const model = new Model();
  for (const counter of counters) {
    const isFresh = window.isFresh(counter);
    expect(isFresh, `counter ${counter}`).to.equal(model.isFresh(counter));
    if (!isFresh) continue;
    window.mark(counter);
    model.mark(counter);
  }
}

describe("the replay window", () => {
  it("takes each counter once, in any order within its width", () => {
    const window = new ReplayWindow();
    for (const counter of [0, 3, 1, 2, 1026, 5, 4]) {
      expect(window.isFresh(counter)).to.equal(true);
      window.mark(counter);
      expect(window.isFresh(counter)).to.equal(false);
    }
  });

  it("refuses what is older than its width, seen or not", () => {
    const window = new ReplayWindow();
    window.mark(5000);
    expect(window.isFresh(5000 - size)).to.equal(false);
    expect(window.isFresh(5000 - size + 1)).to.equal(true);
    expect(window.isFresh(0)).to.equal(false);
  });

  it("looks without remembering: only what was marked is seen", () => {
    const window = new ReplayWindow();
    for (let look = 0; look < 3; look++) expect(window.isFresh(9)).to.equal(true);
  });

  it("forgets nothing when it moves by just its width, one less or one more", () => {
    for (const jump of [size - 1, size, size + 1, 2 * size, 100 * size]) {
      expectSameAsModel([0, 1, 5, jump, jump - 1, 1, 5, jump, jump + 1, jump + 5, jump - size + 1]);
    }
  });

  it("works up to the last counter of a key", () => {
    const last = 2 ** 32 - 1;
    expectSameAsModel([
      2 ** 31 - 1,
      2 ** 31,
      last - size,
      last - 5,
      last,
      last - 5,
      last - 1,
      last,
      last - size + 1,
    ]);
  });

  it("does the same as a set of all counters, for frames that come late, twice and in any order", () => {
    const steps = fc.array(
      fc.oneof(fc.integer({ min: -5, max: 8 }), fc.integer({ min: -1100, max: 1500 })),
      {
        maxLength: 300,
      },
    );
    fc.assert(
      fc.property(steps, fc.nat({ max: 5000 }), (deltas, start) => {
        let at = start;
        expectSameAsModel(deltas.map((delta) => (at = Math.max(0, at + delta))));
      }),
      { numRuns: 500 },
    );
  });

  it("does the same as a set of all counters, for counters without any order", () => {
    fc.assert(fc.property(fc.array(fc.nat({ max: 4000 }), { maxLength: 500 }), expectSameAsModel));
  });
});
