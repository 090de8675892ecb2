// The programs of the dev dependencies, started by Node itself: `.bin` holds shell scripts on Windows.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder, without a slash at the end. */
export const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");

/** @returns {string} the file to give to Node. `name` is needed where it is not the package's. */
export function program(packageName, name = packageName) {
  const folder = join(root, "node_modules", packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return join(folder, typeof bin === "string" ? bin : bin[name]);
}

/** Runs a program in the project's folder, with its output. @returns {number} its exit code; not 0 where a signal ended it. */
export const run = (packageName, args, name) =>
  spawnSync(process.execPath, [program(packageName, name), ...args], {
    cwd: root,
    stdio: "inherit",
  }).status ?? 1;
