// What `npm run test:long` consists of: a step for each file that starts browsers, one for the unit tests, and one in a page. Where there
// is a time by which all has to be over, a step that would not be is left out: a failure says that something is wrong, not that a machine
// is slow.
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

/** What a step may take beyond that before there is no time for it, and before it hangs. */
const slower = 1.3;
const hanging = 3;

/**
 * @param {{ vitest: string[], unit: string[], wtr: string[] }} runners the arguments of Node that run all files of one kind.
 * @returns {{ name: string, args: string[], taken: number, minutes: number, variables?: Record<string, string> }[]} steps for
 *   .tools/test.mjs: how long each takes, and how long it may.
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
 * @param {number} left minutes; `Infinity` where nobody waits.
 */
export function isTimeFor({ taken: minutes }, left) {
  return minutes * slower <= left;
}
