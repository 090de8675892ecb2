// Checks that changes since the last release state their effect on the version. Reads the history of this folder only.
import { spawnSync } from "node:child_process";
import { root, run } from "./programs.mjs";

const git = (...args) => {
  const { status, stdout } = spawnSync("git", args, { cwd: root, encoding: "utf8" });
  return status === 0 ? stdout.trim().split("\n")[0] : undefined;
};

if (git("rev-parse", "--git-dir") === undefined) {
  process.stdout.write("This folder has no history.\n");
} else {
  const since =
    git("describe", "--tags", "--abbrev=0", "--match", "v*") ??
    git("rev-list", "--max-parents=0", "HEAD");
  process.exitCode = run("@changesets/cli", ["status", "--since", since], "changeset");
}
