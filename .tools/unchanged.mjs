// Knows which steps of a check have passed with exactly these inputs before, by content: a second run leaves them out. Never where `CI` is set.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { globSync } from "tinyglobby";
import { root } from "./programs.mjs";

const storeIn = (folder) => join(folder, "node_modules/.cache/sx-call-kit/passed.json");
/** Inputs of every step. */
const always = ["package.json", "package-lock.json", "tsconfig.json", ".config", ".tools"];
/** Packages, and outputs that no step reads. */
const ignore = ["**/node_modules/**", "dist/storybook/**", "test/visual/failed/**", "**/*.log"];

/** @typedef {{ name: string, args: string[], inputs: string[], outputs?: string[] }} Step */

/**
 * @param {Step} step
 * @param {string} folder the project's.
 * @returns {number | null} how many have passed with these inputs, the last time; `null` where it has to run.
 */
export function passedBefore(step, folder = root) {
  if (process.env.CI) return null;
  const before = readStore(folder)[step.name];
  const isSame =
    before?.inputs === inputsOf(step, folder) && before.outputs === outputsOf(step, folder);
  return isSame ? before.passed : null;
}

/** Takes down that a step has passed, or forgets that it ever did. */
export function remember(step, { passed, failed }, inputs, folder = root) {
  const known = readStore(folder);
  if (failed === 0) known[step.name] = { passed, inputs, outputs: outputsOf(step, folder) };
  else delete known[step.name];
  mkdirSync(dirname(storeIn(folder)), { recursive: true });
  writeFileSync(storeIn(folder), JSON.stringify(known, null, 1));
}

/** @returns {string} a digest, to be taken before the step runs: what changes meanwhile is for the next run. */
export const inputsOf = ({ args, inputs }, folder = root) =>
  digest(folder, [...always, ...inputs], [process.version, process.env.CHROME_PATH, ...args]);

const outputsOf = ({ outputs = [] }, folder) => digest(folder, outputs, []);

function digest(cwd, paths, words) {
  const hash = createHash("sha256").update(JSON.stringify(words));
  for (const file of globSync(paths, { cwd, ignore, dot: true }).sort())
    hash.update(`\n${file}\n`).update(readFileSync(join(cwd, file)));
  return hash.digest("hex");
}

function readStore(folder) {
  try {
    return JSON.parse(readFileSync(storeIn(folder), "utf8"));
  } catch {
    return {};
  }
}
