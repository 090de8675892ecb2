// Finds the files of the package: those that package.json names, and all that they reach by import or by URL.
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, posix } from "node:path";
import ts from "typescript";
import { root } from "./programs.mjs";

const read = (file) => readFileSync(join(root, file), "utf8");
const manifest = () => JSON.parse(read("package.json"));

/** Every file of `dist/` but Storybook's, as `dist/…`. */
export function builtFiles() {
  return readdirSync(join(root, "dist"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      posix.join(entry.parentPath.slice(root.length + 1).replaceAll("\\", "/"), entry.name),
    )
    .filter((file) => !file.startsWith("dist/storybook/"));
}

/** @returns {Map<string, string[]>} what package.json names: the name, and the files that stand for it, none where there is none. */
export function entries() {
  const { exports, customElements, "web-types": webTypes } = manifest();
  const files = builtFiles();
  const named = new Map(
    Object.entries({ customElements: [customElements], "web-types": [webTypes] }),
  );
  const closed = Object.keys(exports).filter((name) => exports[name] === null);
  for (const [name, target] of Object.entries(exports)) {
    if (target === null) continue;
    const targets = typeof target === "string" ? [target] : Object.values(target);
    named.set(
      name,
      targets.flatMap((path) => expand(path, name, files, closed)),
    );
  }
  return new Map(
    [...named].map(([name, paths]) => [name, paths.map((path) => path.replace(/^\.\//, ""))]),
  );
}

/** A pattern as Node reads it: `*` stands for anything, with slashes too, but for what a pattern with `null` closes. */
function expand(path, name, files, closed) {
  if (!path.includes("*")) return [path];
  const [before, after] = path.slice(2).split("*");
  return files
    .filter(
      (file) =>
        file.startsWith(before) &&
        file.endsWith(after) &&
        file.length > before.length + after.length,
    )
    .filter((file) => {
      const subpath = name.replace("*", file.slice(before.length, file.length - after.length));
      return !closed.some((pattern) => subpath.startsWith(pattern.split("*")[0]));
    });
}

/** @returns {string[]} the names of package.json behind which there is no file. */
export function missingEntries() {
  const isThere = (paths) =>
    paths.length > 0 && paths.every((path) => existsSync(join(root, path)));
  return [...entries()].filter(([, paths]) => !isThere(paths)).map(([name]) => name);
}

/** @returns {Set<string>} the files of the package, as `dist/…`. */
export function reachable() {
  const found = new Set([...entries().values()].flat().filter((file) => file.startsWith("dist/")));
  for (const file of found) {
    if (!existsSync(join(root, file))) continue;
    for (const other of reachedBy(file, read(file))) {
      const path = posix.join(posix.dirname(file), other);
      if (existsSync(join(root, path))) found.add(path);
    }
  }
  return found;
}

function reachedBy(file, text) {
  if (file.endsWith(".html")) return matches(text, /(?:src|href)="([^":]+)"/g);
  if (!/\.(?:js|d\.ts)$/.test(file)) return [];
  const isTypes = file.endsWith(".d.ts");
  const imports = ts
    .preProcessFile(text)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => name.startsWith("."))
    .map((name) => (isTypes ? name.replace(/\.js$/, ".d.ts") : name));
  // Workers and stand-ins, which are loaded by address, and the source map.
  return [
    ...imports,
    ...matches(text, /["'`](?:\.\/)?([\w.-]+\.js)["'`]/g).filter(() => !isTypes),
    ...matches(text, /\/\/# sourceMappingURL=(\S+)\s*$/g),
  ];
}

const matches = (text, pattern) => [...text.matchAll(pattern)].map((match) => match[1]);

/** Takes away what tsc has written for modules that are types and nothing else, and what nothing reaches. */
export function removeUnreachable() {
  const kept = reachable();
  for (const file of builtFiles()) if (!kept.has(file)) rmSync(join(root, file));
}
