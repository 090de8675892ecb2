// `npm run build`: builds the published package in `dist/`. The compiler writes a module and its declarations for each source.
// The bundles are made from these modules, and modules that no entry of the package reaches are removed.
import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { bundleScripts, writeBesideScripts } from "./build-one-file.mjs";
import { bundlePages, writePages } from "./build-pages.mjs";
import { buildTypings } from "./build-typings.mjs";
import { bundle, dist } from "./bundle.mjs";
import { compile } from "./compile.mjs";
import { makeManifest } from "./manifest.mjs";
import { missingEntries, removeUnreachable } from "./package-graph.mjs";
import { root } from "./programs.mjs";
import { licencesOf } from "./third-party.mjs";

/** Modules of the package that are bundles themselves, and what stays outside of each. */
const bundledModules = {
  // Started by address.
  "crypto/worker/worker.js": [],
  // With its libraries in it, which most engines do not need, the package has three dependencies.
  "crypto/agreement/key-shares-fallback.js": [],
  // Bundles the wrapper of React components; React itself is the host's.
  "react.js": ["react", /^\.\/(?:define|elements\/)/],
};

/** What a module begins with: Next renders a component with state on the client where its module says so. */
const banners = { "react.js": '"use client";' };

// Storybook's own build is in this folder, too.
if (existsSync(dist)) {
  for (const name of readdirSync(dist))
    if (name !== "storybook") rmSync(join(dist, name), { recursive: true });
}
if (!compile(join(root, ".config/tsconfig.build.json"))) process.exit(1);

const scripts = await bundleScripts();
const pages = await bundlePages();
const modules = new Map(
  await Promise.all(
    Object.entries(bundledModules).map(async ([name, external]) => [
      name,
      await bundle(name, {
        entry: join(dist, name),
        format: "es",
        external,
        banner: banners[name],
      }),
    ]),
  ),
);
// What starts where no bundler has left the worker beside the module that asks for it: the same script as one text.
const entry = join(dist, "crypto/worker/worker.js");
const text = await bundle("sx-call-worker.js", { entry, sourcemap: false });
writeFileSync(
  join(dist, "crypto/worker/worker-text.js"),
  `export const workerText = ${JSON.stringify(text.code)};\n`,
);
for (const [name, { code, map }] of [...scripts, ...modules]) {
  writeFileSync(join(dist, name), code);
  writeFileSync(join(dist, `${name}.map`), map);
}
writeBesideScripts(scripts);
await writePages(pages);
const packages = [scripts, pages, modules].flatMap((bundles) =>
  [...bundles.values()].flatMap((each) => each.packages),
);
writeFileSync(join(dist, "third-party.txt"), licencesOf([...new Set(packages)].sort()));

buildTypings(makeManifest());
removeUnreachable();

for (const [name, { code }] of [...scripts, ...pages]) {
  const size = gzipSync(code, { level: 9 }).length / 1000;
  process.stdout.write(`${name} ${size.toFixed(1)} kB gzip\n`);
}
const missing = missingEntries();
if (missing.length > 0) {
  process.stderr.write(`package.json names what is not there: ${missing.join(", ")}\n`);
  process.exitCode = 1;
}
