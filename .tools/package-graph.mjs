// Finds the files of the package: those that package.json names, and all that they reach by import or by URL.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, posix } from "node:path";
import { globSync } from "tinyglobby";
import { root } from "./programs.mjs";

const read = (file) => readFileSync(join(root, file), "utf8");
const isThere = (file) => existsSync(join(root, file));

/** Every file of `dist/` but Storybook's, as `dist/…`. */
export const builtFiles = () => globSync("dist/**", { cwd: root, ignore: "dist/storybook/**" });

/** @returns {Map<string, string[]>} what package.json names: the name, and the files that stand for it, none where there is none. */
export function entries() {
  const { exports, customElements, "web-types": webTypes } = JSON.parse(read("package.json"));
  const files = builtFiles();
  const filesOf = (path) => {
    // As Node reads it: `*` stands for anything, with slashes too.
    const [before, after] = path.replace(/^\.\//, "").split("*");
    return after === undefined
      ? [before]
      : files.filter((file) => file.startsWith(before) && file.endsWith(after));
  };
  const named = Object.entries({ customElements, "web-types": webTypes, ...exports });
  return new Map(
    named.map(([name, target]) => [
      name,
      (typeof target === "string" ? [target] : Object.values(target)).flatMap(filesOf),
    ]),
  );
}

/** Takes away what tsc has written for modules that are types and nothing else, and what no name of package.json reaches. */
export function removeUnreachable() {
  const kept = new Set([...entries().values()].flat().filter(isThere));
  for (const file of kept) {
    const paths = reachedBy(file).map((other) => posix.join(posix.dirname(file), other));
    for (const path of paths.filter(isThere)) kept.add(path);
  }
  for (const file of builtFiles()) if (!kept.has(file)) rmSync(join(root, file));
}

/** Whatever is named in quotes, or at the end of a line: imports, workers and stand-ins, which are loaded by address, and source maps. */
function reachedBy(file) {
  if (!/\.(?:html|js|d\.ts)$/.test(file)) return [];
  const found = read(file).matchAll(/["'`=]([\w./-]+\.(?:js|css|map))(?=["'`\s]|$)/g);
  const names = [...found].map(([, name]) => name);
  if (!file.endsWith(".d.ts")) return names;
  return names.filter((name) => name.startsWith(".")).map((name) => name.replace(/\.js$/, ".d.ts"));
}
