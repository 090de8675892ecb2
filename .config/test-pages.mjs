// Puts the browser tests of a folder into one page: a page and a bundle for each file took longer than its tests.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

/**
 * The page of files, by the beginning of their paths; the others have one for each folder. The first begin first: two pages run side by
 * side, and the longest must not be the last. To open a page and to load what it tests costs half a second of processor time, so that
 * small folders share one. A test of what is not loaded yet has its own.
 */
const pageOf = {
  "test/outside/": "outside",
  "test/calls/simplex-": "calls-simplex",
  "test/calls/": "calls",
  "test/attacks/": "attacks",
  "test/elements/call-view/in-call/in-call-loader": "in-call-loader",
  "test/elements/call-view/in-call/": "in-call",
  "test/elements/call-view/pictures/": "pictures",
  // Two of a minute or more, side by side.
  "test/elements/call-view/call-view.room-languages": "room-languages",
  "test/elements/call-view/call-view.room.long": "room",
  "test/elements/call-view/call-view": "call-view",
  "test/elements/call-view/": "call-view-parts",
  "test/elements/": "elements",
  "test/hosts/": "hosts",
  "test/media/": "media",
  "test/crypto/": "crypto",
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
  const order = Object.keys(pageOf);
  const placeOf = (file) => {
    const place = order.findIndex((start) => file.startsWith(start));
    return place < 0 ? order.length : place;
  };
  for (const file of files.toSorted((a, b) => placeOf(a) - placeOf(b))) {
    const page =
      pageOf[order[placeOf(file)]] ??
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
