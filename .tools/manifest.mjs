// Analyzes the elements into `dist/custom-elements.json`, which editors, Storybook and hosts read.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { program, root } from "./programs.mjs";

/** @returns the manifest of the last build. */
export const readManifest = () =>
  JSON.parse(readFileSync(join(root, "dist/custom-elements.json"), "utf8"));

/** @returns a fresh manifest, which is written into `dist/`. */
export function makeManifest() {
  const analyzer = program("@custom-elements-manifest/analyzer", "cem");
  const args = ["analyze", "--quiet", "--config", ".config/custom-elements-manifest.config.mjs"];
  const { status } = spawnSync(process.execPath, [analyzer, ...args], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) throw new Error("The analyzer failed.");
  return readManifest();
}
