// The packages of others that a bundle holds: a line in it that names them, and their licences in a file beside it.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./programs.mjs";

const file = "third-party.txt";

/** @returns {string[]} the packages among the modules of a bundle, by name. */
export function packagesOf(modules) {
  const names = modules.map(
    (path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path.replaceAll("\\", "/"))?.[1],
  );
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}

const about = (name) =>
  JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8"));

/** @returns {string} a comment for the head of a bundle that holds them. */
export function noticeOf(packages) {
  const held = packages.map((name) => `${name} (${about(name).license})`);
  return `/*! sx-call-kit (MIT)${held.length > 0 ? `, with ${held.join(", ")}: ${file}` : ""} */`;
}

/** @returns {string} what stands in the file: each package with the text of its licence. */
export function licencesOf(packages) {
  const texts = packages.map((name) => {
    const path = ["LICENSE", "LICENSE.md"]
      .map((each) => join(root, "node_modules", name, each))
      .find((each) => existsSync(each));
    if (path === undefined) throw new Error(`${name} is bundled, and has no licence with it.`);
    return `${name} ${about(name).version}\n\n${readFileSync(path, "utf8").trim()}\n`;
  });
  return `What the bundles of sx-call-kit hold of others.\n\n${texts.join(`\n${"-".repeat(80)}\n\n`)}`;
}
