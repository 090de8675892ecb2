import { gentleSchedules, harshSchedules } from "../../support/schedule.ts";
import { expectNoFaults } from "../../support/schedule-runs.ts";

const schedules = 100_000;
/** Between two chunks the page draws breath. */
const chunk = 2_000;

describe("two sides, in a hundred thousand schedules", () => {
  it("always come to agree within the time limits", async () => {
    const start = performance.now();
    for (let done = 0, seed = 1_000; done < schedules; done += chunk, seed += 1) {
      expectNoFaults(seed % 2 === 0 ? gentleSchedules : harshSchedules, { seed, count: chunk });
      await new Promise((resolve) => setTimeout(resolve));
    }
    const seconds = Math.round((performance.now() - start) / 1000);
    // The figure of docs/reliability.md.
    console.log(`${String(schedules)} schedules in ${String(seconds)} s`);
  });
});
