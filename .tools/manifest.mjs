// Analyzes the elements into `dist/custom-elements.json`, which editors, Storybook and hosts read.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./programs.mjs";

/** @returns the manifest of the last build. */
export const readManifest = () =>
  JSON.parse(readFileSync(join(root, "dist/custom-elements.json"), "utf8"));

/** @returns a fresh manifest, which is written into `dist/`. */
export function makeManifest() {
  const args = ["analyze", "--quiet", "--config", ".config/custom-elements-manifest.config.mjs"];
  if (run("@custom-elements-manifest/analyzer", args, "cem") !== 0)
    throw new Error("The analyzer failed.");
  return readManifest();
}
