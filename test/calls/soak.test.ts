import { expect } from "@open-wc/testing";
import { Caller, kinds, outcomes, PageWatch, untilNothingIsHeld } from "../support/soak.ts";
import { longIt } from "../support/long-it.ts";

describe("calls one after the other in one page", () => {
  let watch: PageWatch;
  let caller: Caller;

  beforeEach(() => {
    watch = new PageWatch();
    caller = new Caller(watch);
  });

  afterEach(async () => {
    caller.close();
    await watch.end();
  });

  longIt("leave nothing behind, each of them", async () => {
    for (let call = 0; call < 15; call += 1) {
      const kind = kinds[call % kinds.length] ?? "talked";
      expect(await caller.call(kind)).to.deep.equal(outcomes[kind]);
      // Ends by the test's own time limit where something stays.
      await untilNothingIsHeld(watch);
    }
    // All of it was there to be counted.
    expect(Object.values(watch.made).every((count) => count > 10)).to.equal(true);
  });
});
