// Steps of `npm run test:long`: one for each file that starts browsers, one for the unit tests, and one in a page. With a time
// limit, a step that would exceed it is skipped: a failure indicates a defect, not a slow machine.
import { basename } from "node:path";
import { filesOf } from "../.config/test-files.mjs";

const ending = ".long.test.ts";

/** Minutes on two cores. */
const taken = {
  ...{ "reconnection-engines": 11, reconnection: 9, networks: 5, calls: 3, ladder: 3, relay: 2 },
  ...{ engines: 3, "simplex-cuts": 7 },
  ...{ unit: 4, soak: 6 },
};
const other = 2;

/** Factors of the usual duration: for starting a step in time, and for stopping a hanging one. */
const slower = 1.3;
const hanging = 3;

/**
 * @param {{ vitest: string[], unit: string[], wtr: string[] }} runners arguments of Node that run all files of one kind.
 * @returns {{ name: string, args: string[], taken: number, minutes: number, variables?: Record<string, string> }[]} steps for
 * .tools/test.mjs: usual duration and time limit.
 */
export function longSteps({ vitest, unit, wtr }) {
  const files = filesOf("node", { long: true });
  const own = (name) => ({
    name: `long ${name}`,
    counted: true,
    onRequest: true,
    ...times(taken[name] ?? other),
  });
  return [
    ...files.map((file) => ({
      ...own(basename(file, ending)),
      args: [...vitest, file],
      built: true,
    })),
    { ...own("unit"), args: unit, variables: { TEST_LONG: "1" } },
    { ...own("soak"), args: wtr, variables: { TEST_LONG: "1" } },
  ];
}

const times = (minutes) => ({ taken: minutes, minutes: hanging * minutes + 5 });

/**
 * @param {{ taken: number }} step
 * @param {number} left minutes; `Infinity` without a limit.
 */
export function isTimeFor({ taken: minutes }, left) {
  return minutes * slower <= left;
}
