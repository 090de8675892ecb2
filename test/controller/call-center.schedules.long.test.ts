import { expect } from "@open-wc/testing";
import { checkSleepySchedules } from "../support/sleepy-schedules.ts";

/*
 * Clocks that are wrong and jump, devices that sleep, pages that freeze, close and reload, a second device, and hosts that
 * repeat everything.
 */
describe("people with devices as they really are", () => {
  it("agree on their calls, whatever their clocks, pages and hosts do: 60 schedules", async () => {
    const { played, connected } = await checkSleepySchedules({ seed: 18, count: 60 });
    expect(played).to.equal(60);
    // Otherwise nothing was tried.
    expect(connected).to.be.above(6);
  });
});
