// Puts the browser tests of a folder into one page: a page and a bundle for each file took longer than its tests.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

/**
 * Files with a page of their own, by the beginning of their paths: half of a folder whose calls take longer than all other pages, since two
 * pages run side by side; and a test of what is not loaded yet.
 */
const ownPages = {
  "test/calls/simplex-": "calls-simplex",
  "test/elements/call-view/in-call/in-call-loader": "in-call-loader",
};

/**
 * Writes the program of each page.
 *
 * @param {string} root the project's folder.
 * @param {string[]} files test files, from there.
 * @param {boolean} long for the tests of `npm run test:long`.
 * @returns {string[]} the programs, absolute.
 */
export function writePages(root, files, long) {
  const folder = join(root, "node_modules/.cache/sx-call-kit/pages");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const pages = new Map();
  for (const file of files) {
    const [, own] = Object.entries(ownPages).find(([start]) => file.startsWith(start)) ?? [];
    const page =
      own ??
      dirname(file)
        .replace(/^test\/?/, "")
        .replaceAll("/", "-");
    pages.set(page, [...(pages.get(page) ?? []), file]);
  }
  const from = (path) => JSON.stringify(relative(folder, join(root, path)).split(sep).join("/"));
  return [...pages].map(([page, itsFiles]) => {
    const program = join(folder, `${page || "test"}.js`);
    const list = itsFiles.map(
      (file) => `  [${JSON.stringify(file)}, () => import(${from(file)})],`,
    );
    writeFileSync(
      program,
      `import { registerFiles } from ${from(".config/register-files.js")};\n\nawait registerFiles([\n${list.join("\n")}\n], { long: ${long} });\n`,
    );
    return program;
  });
}
