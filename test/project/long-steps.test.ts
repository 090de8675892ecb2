import { describe, expect, it } from "vitest";
import { isTimeFor, longSteps } from "../../.config/long-steps.mjs";

const steps = longSteps({
  ...{ vitest: ["vitest"], node: ["node"], unit: ["unit"], wtr: ["wtr"], stories: ["stories"] },
});
const named = (name: string) => steps.find((step) => step.name === `long ${name}`)!;

describe("the steps of the long tests", () => {
  it("are one for each file that starts browsers, one for the tagged tests of a folder, one for the unit tests, one for stories and two in pages", () => {
    expect(named("relay")).toMatchObject({
      args: ["vitest", "test/interop/relay.long.test.ts"],
      onRequest: true,
    });
    expect(named("tagged in demo")).toMatchObject({
      args: [
        "node",
        "test/demo/phones.test.ts",
        "test/demo/room.test.ts",
        "test/demo/shop-window.test.ts",
      ],
      variables: { TEST_LONG: "1" },
    });
    expect(named("unit")).toMatchObject({ args: ["unit"], variables: { TEST_LONG: "1" } });
    expect(named("stories")).toMatchObject({ args: ["stories"], variables: { TEST_LONG: "1" } });
    expect(named("browser")).toMatchObject({ args: ["wtr"], variables: { TEST_LONG: "1" } });
    expect(named("soak")).toMatchObject({ args: ["wtr"], variables: { TEST_LONG: "soak" } });
    expect(steps.length).toBeGreaterThan(5);
  });

  it("begin only where they are through before the time is over, on a machine that is somewhat slower", () => {
    expect(isTimeFor({ taken: 10 }, Infinity)).toBe(true);
    expect(isTimeFor({ taken: 10 }, 14)).toBe(true);
    expect(isTimeFor({ taken: 10 }, 12)).toBe(false);
    expect(isTimeFor({ taken: 1 }, 0)).toBe(false);
  });

  it("all have time in what the short ones leave of 90 minutes", () => {
    const sum = steps.reduce((total, { taken }) => total + taken, 0);
    expect(isTimeFor({ taken: sum }, 84)).toBe(true);
  });

  it("may hang for longer than they may take", () => {
    for (const { taken, limit } of steps) expect(limit).toBeGreaterThan(2 * taken * 60_000);
  });

  it("have a limit in whole milliseconds, as starting a process demands", () => {
    for (const { name, limit } of steps) expect(limit, name).toSatisfy(Number.isSafeInteger);
  });
});
