// Steps of `npm run test:long`: one for each file that starts browsers, one for the tagged tests of each folder of other files, one for
// the unit tests, one for stories, one in pages, and one whose page is not compiled. With a time limit, a step that would exceed it is
// skipped: a failure indicates a defect, not a slow machine.
import { basename, dirname } from "node:path";
import { filesOf, filesWithLongTests } from "./test-files.mjs";

const ending = ".long.test.ts";

/** Minutes on two cores. */
const taken = {
  ...{
    "reconnection-engines": 6.5,
    reconnection: 3.5,
    networks: 1.7,
    calls: 2.5,
    ladder: 1.7,
    relay: 4,
    "relay-order": 1,
    film: 1.1,
    "film-changes": 2.5,
    "film-ends": 1.5,
  },
  ...{
    engines: 3.5,
    bundlers: 2.5,
    examples: 0.5,
    "simplex-cuts": 1.7,
    storybook: 0.3,
    samples: 1.3,
  },
  ...{ unit: 4.5, soak: 5.5, browser: 5.3, stories: 0.8, "hosts-qt": 0.3, "previous-kit": 0.2 },
  ...{ "outer-encryption": 0.5, "tagged in engines": 0.5, "samples-native": 0.5 },
  ...{ "tagged in interop": 6.2, "tagged in demo": 1.5, "tagged in project": 0.6 },
};
const other = 2;

/** Factors of the usual duration: for starting a step in time, and for stopping a hanging one. */
const slower = 1.3;
const hanging = 3;

/**
 * @param {{ vitest: string[], node: string[], unit: string[], wtr: string[], stories: string[] }} runners arguments of Node that run all files of one kind.
 * @returns {{ name: string, args: string[], taken: number, limit: number, variables?: Record<string, string> }[]} steps for
 * .tools/test.mjs: usual duration in minutes, and time limit in milliseconds.
 */
export function longSteps({ vitest, node, unit, wtr, stories }) {
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
    ...[...byFolder(filesWithLongTests())].map(([folder, tagged]) => ({
      ...own(`tagged in ${folder}`),
      args: [...node, ...tagged],
      variables: { TEST_LONG: "1" },
      built: true,
    })),
    { ...own("unit"), args: unit, variables: { TEST_LONG: "1" } },
    { ...own("stories"), args: stories, variables: { TEST_LONG: "1" }, built: true },
    { ...own("browser"), args: wtr, variables: { TEST_LONG: "1" } },
    { ...own("soak"), args: wtr, variables: { TEST_LONG: "soak" } },
  ];
}

function byFolder(paths) {
  const folders = new Map();
  for (const path of paths) {
    const folder = basename(dirname(path));
    folders.set(folder, [...(folders.get(folder) ?? []), path]);
  }
  return folders;
}

/** In whole milliseconds, or a process does not begin: a fraction of a minute seldom is. */
const times = (minutes) => ({ taken: minutes, limit: Math.ceil((hanging * minutes + 5) * 60_000) });

/**
 * @param {{ taken: number }} step
 * @param {number} left minutes; `Infinity` without a limit.
 */
export function isTimeFor({ taken: minutes }, left) {
  return minutes * slower <= left;
}
