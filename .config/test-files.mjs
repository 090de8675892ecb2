// Decides which runner a test file belongs to, by its path alone.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = new URL("..", import.meta.url);
const tests = fileURLToPath(new URL("../test", import.meta.url));

/** Folders below `test` whose files need a browser around them, all of them. */
const inBrowser = ["attacks", "calls", "elements", "outside", "visual"];
/** Those whose files run in Node and start whole programs: builds, servers, browsers. */
const aroundIt = ["architecture.test.ts", "demo", "engines", "interop", "project"];

/**
 * @param {string} file below `test`, with `/`.
 * @returns {"unit" | "browser" | "node"}
 */
export function runnerOf(file) {
  const [folder] = file.split("/");
  if (aroundIt.includes(folder)) return "node";
  return inBrowser.includes(folder) || /\.browser(?:\.long)?\.test\.ts$/.test(file)
    ? "browser"
    : "unit";
}

/** @returns {string[]} the test files of a runner, from the project's folder. */
export function filesOf(runner, { long = false } = {}) {
  return readdirSync(tests, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".test.ts") && file.endsWith(".long.test.ts") === long)
    .filter((file) => runnerOf(file) === runner)
    .map((file) => `test/${file}`)
    .sort();
}

/** @returns {string[]} test files of which some tests are long, by a tag or `betweenEngines` in Node, by `longIt` in a page: they share what the others start. */
export function filesWithLongTests(runner = "node") {
  const isTagged = (file) =>
    (runner === "node" ? /\btags: (?:"long"|\["long"\])|\bbetweenEngines\b/ : /\blongIt\b/).test(
      readFileSync(new URL(file, root), "utf8"),
    );
  return filesOf(runner).filter(isTagged);
}
