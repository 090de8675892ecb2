// `npm run build`: the package as it is published, in `dist/`. tsc writes a module and its types for each source that an entry needs; a
// worker is loaded by address and not by import, so it becomes one file without imports beside its source.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { build } from "esbuild";
import { buildOneFile } from "./build-one-file.mjs";
import { buildSimplexPages } from "./build-simplex.mjs";
import { buildTypings } from "./build-typings.mjs";
import { compile } from "./compile.mjs";
import { missingEntries, removeUnreachable } from "./package-graph.mjs";
import { program, root } from "./programs.mjs";
import { licencesOf, packagesOf } from "./third-party.mjs";

const dist = join(root, "dist");
/** The packages of others that a bundle holds. */
const held = new Set();

// Storybook's own build lives here too and stays.
if (existsSync(dist)) {
  for (const name of readdirSync(dist))
    if (name !== "storybook") rmSync(join(dist, name), { recursive: true });
}
if (!compile(join(root, ".config/tsconfig.build.json"))) process.exit(1);

const files = readdirSync(dist, { recursive: true }).filter(
  (file) => !file.startsWith("storybook"),
);
// tsc gives imports their new ending in modules, but neither in declarations nor in addresses.
for (const file of files.filter((name) => name.endsWith(".d.ts"))) {
  edit(file, (text) => text.replace(/((?:from |import |import\()"\.[^"]*)\.ts"/g, '$1.js"'));
}
const workers = new Set();
for (const file of files.filter((name) => name.endsWith(".js"))) {
  edit(file, (text) =>
    text.replace(
      /(new URL\(\s*")(\.[^"]*)\.ts("\s*,\s*import\.meta\.url)/g,
      (_, before, path, after) => {
        workers.add(join(dirname(file), path));
        return `${before}${path}.js${after}`;
      },
    ),
  );
}
// A stand-in is loaded only where an engine lacks something: with its libraries in it, the package itself has no need of them.
const standIns = ["crypto/agreement/key-shares-fallback"];
for (const file of [...workers, ...standIns]) await bundle(`${file}.ts`);
// What makes a React component of an element is bundled in; React itself is the host's.
await bundle("react.ts", { external: ["react", "./define.ts", "./elements/*"] });
edit("react.js", (text) => text.replace(/(from "\.[^"]*|^import "\.[^"]*)\.ts"/gm, '$1.js"'));
run(
  program("@custom-elements-manifest/analyzer", "cem"),
  "analyze",
  "--quiet",
  "--config",
  ".config/custom-elements-manifest.config.mjs",
);
buildTypings(dist);
const scripts = [await buildOneFile(dist), await buildSimplexPages()];
for (const each of scripts.flatMap(({ packages }) => packages)) held.add(each);
writeFileSync(join(dist, "third-party.txt"), licencesOf([...held].sort()));
removeUnreachable();

const modules = readdirSync(dist, { recursive: true }).filter((file) =>
  file.endsWith(".d.ts"),
).length;
const names = [...workers].map((worker) => `${worker}.js`).join(", ") || "none";
process.stdout.write(
  `${modules} modules in ${relative(root, dist)}/, workers: ${names}\n${scripts.flatMap(({ sizes }) => sizes).join("\n")}\n`,
);
const missing = missingEntries();
if (missing.length > 0) {
  process.stderr.write(`package.json names what is not there: ${missing.join(", ")}\n`);
  process.exitCode = 1;
}

async function bundle(file, options = {}) {
  const { metafile } = await build({
    entryPoints: [join(root, "src", file)],
    outfile: join(dist, file.replace(/\.ts$/, ".js")),
    tsconfig: join(root, "src/tsconfig.json"),
    absWorkingDir: root,
    bundle: true,
    format: "esm",
    target: "es2022",
    sourcemap: true,
    logLevel: "warning",
    metafile: true,
    ...options,
  });
  for (const name of packagesOf(Object.keys(metafile.inputs))) held.add(name);
}

function edit(file, change) {
  const path = join(dist, file);
  const text = readFileSync(path, "utf8");
  const changed = change(text);
  if (changed !== text) writeFileSync(path, changed);
}

function run(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
