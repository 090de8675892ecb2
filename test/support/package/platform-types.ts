// The types of platforms that are not installed here, from their published packages. They are fetched once, unpacked without
// their dependencies, and kept in the user's cache. Nothing of them is run.
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const cache = join(
  process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"),
  "sx-call-kit/platforms",
);

/** By package: its version, and the file that has its types. */
const packages: Readonly<Record<string, readonly [version: string, types: string]>> = {
  electron: ["38.8.6", "electron.d.ts"],
  "react-native": ["0.83.10", "types/index.d.ts"],
  "react-native-webview": ["13.17.0", "index.d.ts"],
};

/** Returns the file with the types of each of these packages. */
export async function platformTypes(): Promise<Record<string, string>> {
  const entries = Object.entries(packages).map(async ([name, [version, types]]) => {
    const folder = join(cache, `${name}-${version}`);
    if (!existsSync(join(folder, types))) await fetchPackage(`${name}@${version}`, folder);
    return [name, join(folder, types)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function fetchPackage(name: string, folder: string): Promise<void> {
  const fresh = `${folder}.${String(process.pid)}`;
  mkdirSync(fresh, { recursive: true });
  try {
    await run("npm", ["pack", name, "--ignore-scripts", "--silent"], { cwd: fresh });
    const file = readdirSync(fresh).find((one) => one.endsWith(".tgz"))!;
    await run("tar", ["xzf", file], { cwd: fresh });
    rmSync(folder, { recursive: true, force: true });
    renameSync(join(fresh, "package"), folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}
