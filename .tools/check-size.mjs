// Checks the size of the package against .config/size-limit.json. Bundles like a host: the core without its three dependencies,
// in the chunks of its `import()`s. A page with a call view first loads what shows an incoming call; the others load right
// after the first paint.
import { cpSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { root, run } from "./programs.mjs";

const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const core = join(root, "node_modules/.cache/sx-call-kit/core");
rmSync(core, { recursive: true, force: true });

async function chunks(entry, folder) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [join(root, "dist/define", entry)],
    outdir: join(core, folder),
    bundle: true,
    splitting: true,
    minify: true,
    metafile: true,
    format: "esm",
    target: "es2022",
    external: [...Object.keys(dependencies), "*/key-shares-fallback.js", "*/worker-text.js"],
    logLevel: "warning",
  });
  return metafile.outputs;
}

await chunks("../define.js", "everything");
const outputs = await chunks("sx-call-view.js", "view");
const first = new Set(
  Object.keys(outputs).filter((path) => outputs[path].entryPoint?.endsWith("/sx-call-view.js")),
);
for (const path of first) {
  for (const { path: other, kind, external } of outputs[path].imports) {
    if (kind === "import-statement" && !external) first.add(other);
  }
}
mkdirSync(join(core, "first"));
for (const path of first) cpSync(join(root, path), join(core, "first", path.split("/").at(-1)));
process.exitCode = run("size-limit", ["--config", ".config/size-limit.json"]);
