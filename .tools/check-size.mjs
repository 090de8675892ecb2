// What the package weighs, against .config/size-limit.json. What a bundler of a host takes is made here: the core without the three
// dependencies, which have a weight of their own.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { program, root } from "./programs.mjs";

const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
await build({
  entryPoints: [join(root, "dist/define.js")],
  outfile: join(root, "node_modules/.cache/sx-call-kit/core.js"),
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  external: [...Object.keys(dependencies), "*/key-shares-fallback.js"],
  logLevel: "warning",
});
const args = [program("size-limit"), "--config", ".config/size-limit.json"];
process.exitCode = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" }).status ?? 1;
