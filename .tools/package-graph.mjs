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
  const filesOf = (target) =>
    (typeof target === "string" ? [target] : Object.values(target)).flatMap((path) =>
      expand(path.replace(/^\.\//, ""), files),
    );
  const named = { customElements, "web-types": webTypes, ...exports };
  return new Map(Object.entries(named).map(([name, target]) => [name, filesOf(target)]));
}

/** A pattern as Node reads it: `*` stands for anything, with slashes too. */
function expand(path, files) {
  if (!path.includes("*")) return [path];
  const [before, after] = path.split("*");
  const least = before.length + after.length;
  return files.filter(
    (file) => file.startsWith(before) && file.endsWith(after) && file.length > least,
  );
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
