// Knows which steps of a check have passed with exactly these inputs before, by content: a second run leaves them out. Never where `CI` is set.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./programs.mjs";

const storeIn = (folder) => join(folder, "node_modules/.cache/sx-call-kit/passed.json");
/** Inputs of every step. */
const always = ["package.json", "package-lock.json", "tsconfig.json", ".config", ".tools"];
/** Outputs that no step reads. */
const made = /^dist\/storybook|^test\/visual\/failed|\.log$/;

/** @typedef {{ name: string, args: string[], inputs: string[], outputs?: string[] }} Step */

/**
 * @param {Step} step
 * @param {string} folder the project's.
 * @returns {number | null} how many have passed with these inputs, the last time; `null` where it has to run.
 */
export function passedBefore(step, folder = root) {
  if (process.env.CI) return null;
  const before = readStore(folder)[step.name];
  return before &&
    before.inputs === inputsOf(step, folder) &&
    before.outputs === outputsOf(step, folder)
    ? before.passed
    : null;
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
export function inputsOf({ args, inputs }, folder = root) {
  return digest(
    folder,
    [...always, ...inputs],
    [process.version, process.env.CHROME_PATH, ...args],
  );
}

const outputsOf = ({ outputs = [] }, folder) => digest(folder, outputs, []);

function digest(folder, paths, words) {
  const hash = createHash("sha256").update(JSON.stringify(words));
  for (const file of paths.flatMap((path) => filesBelow(folder, path)))
    hash.update(`\n${file}\n`).update(readFileSync(join(folder, file)));
  return hash.digest("hex");
}

/** @returns {string[]} a file itself; those of a folder; none where there is nothing. */
function filesBelow(folder, path) {
  try {
    return readdirSync(join(folder, path), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, "/").length))
      .filter((file) => !made.test(file) && !file.includes("node_modules"))
      .sort();
  } catch (error) {
    return error.code === "ENOTDIR" ? [path] : [];
  }
}

function readStore(folder) {
  try {
    return JSON.parse(readFileSync(storeIn(folder), "utf8"));
  } catch {
    return {};
  }
}
