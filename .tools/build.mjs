// `npm run build`: builds the published package in `dist/`. The compiler writes a module and its declarations for each source.
// The bundles are made from these modules, and modules that no entry of the package reaches are removed.
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import * as bundles from "../.config/bundles.mjs";
import { bundlePages, writePages } from "./build-pages.mjs";
import { buildTypings } from "./build-typings.mjs";
import { bundle, dist, write } from "./bundle.mjs";
import { compile } from "./compile.mjs";
import { makeManifest } from "./manifest.mjs";
import { removeUnreachable } from "./package-graph.mjs";
import { root } from "./programs.mjs";
import { licencesOf } from "./third-party.mjs";

/** Writes a module for each tag, which registers it alone. A view shows its incoming call from the first moment. */
function registerEach() {
  const tags = readdirSync(join(dist, "elements")).filter(
    (name) => !/^(?:shared|words)$/.test(name),
  );
  for (const tag of tags) {
    const registered = tag === "call-view" ? [tag, "incoming-call"] : [tag];
    const classOf = (name) => `-${name}`.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
    const imports = registered.map(
      (name) => `import { Sx${classOf(name)} } from "../elements/${name}/${name}.js";\n`,
    );
    const classes = registered.map((name) => `Sx${classOf(name)}`).join(", ");
    const register = `import { register } from "../elements/shared/sx-element.js";\nregister(${classes});\n`;
    write(`define/sx-${tag}.js`, imports.join("") + register);
    write(`define/sx-${tag}.d.ts`, 'import "../index.js";\nexport {};\n');
  }
}

/** @returns the bundles by their names. */
const bundleAll = async (wanted, options = {}) =>
  new Map(
    await Promise.all(
      Object.entries(wanted).map(async ([name, own]) => [
        name,
        await bundle(name, { ...options, ...own, entry: join(dist, own.entry ?? name) }),
      ]),
    ),
  );

// Storybook's own build is in this folder, too.
if (existsSync(dist)) {
  for (const name of readdirSync(dist))
    if (name !== "storybook") rmSync(join(dist, name), { recursive: true });
}
if (!compile(join(root, ".config/tsconfig.build.json"))) process.exit(1);
registerEach();

const scripts = await bundleAll(bundles.scripts);
const pages = await bundlePages();
const modules = await bundleAll(bundles.modules, { format: "es" });
// What starts where no bundler has left the worker beside the module that asks for it: the same script as one text.
const entry = join(dist, "crypto/worker/worker.js");
const text = await bundle("sx-call-worker.js", { entry, sourcemap: false });
write("crypto/worker/worker-text.js", `export const workerText = ${JSON.stringify(text.code)};\n`);
for (const [name, { code, map }] of [...scripts, ...modules]) {
  write(name, code);
  write(`${name}.map`, map);
}
// Beside the scripts: their hashes, the types of their globals and the page.
const hashOf = (code) => `sha384-${createHash("sha384").update(code).digest("base64")}`;
const hashes = [...scripts].map(([name, { code }]) => [name, hashOf(code)]);
write("integrity.json", `${JSON.stringify(Object.fromEntries(hashes), null, 2)}\n`);
for (const [name, [global, ...from]] of Object.entries(bundles.globals)) {
  const type = from.map((module) => `typeof import("${module}")`).join(" & ");
  write(name, `declare global {\n  const ${global}: ${type};\n}\nexport {};\n`);
}
for (const name of ["call.html", "call.css"])
  copyFileSync(join(root, "src/pages/call", name), join(dist, name));
await writePages(pages);
const packages = [scripts, pages, modules].flatMap((made) =>
  [...made.values()].flatMap((each) => each.packages),
);
write("third-party.txt", licencesOf([...new Set(packages)].sort()));

buildTypings(makeManifest());
removeUnreachable();

for (const [name, { code }] of [...scripts, ...pages]) {
  const size = gzipSync(code, { level: 9 }).length / 1000;
  process.stdout.write(`${name} ${size.toFixed(1)} kB gzip\n`);
}
