// `dist/simplex/`: the two call pages of SimpleX's apps, in the shape of their `www` folder. Each is one file: the desktop's host serves
// its page from another address than its files, and a page from `file:` loads no module and starts no worker by address.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { transform } from "esbuild";
import { atOnce } from "./build-one-file.mjs";
import { bundle, dist } from "./bundle.mjs";
import { root } from "./programs.mjs";

const standIns = {
  ...atOnce,
  "controller/call-center.js": "pages/stand-ins/no-own-calls.js",
  "crypto/worker/shipped-worker.js": "pages/stand-ins/no-worker-beside.js",
  "crypto/agreement/load-key-shares-fallback.js": "pages/stand-ins/no-key-shares-fallback.js",
};

/** `import text from "….ts?text"`: the bundled worker, which the page starts from a `blob:` address. */
const workerText = (code) => ({
  name: "worker as text",
  resolveId: (source) => (source.endsWith("compatible-worker.ts?text") ? source : null),
  load: (id) => (id.endsWith("?text") ? { code, moduleType: "text" } : null),
});

const source = (name) => readFileSync(join(root, "src/pages/simplex", name), "utf8");

/** @returns {Promise<Map<string, { code: string, packages: string[] }>>} the pages by their names; `code` is the whole page. */
export async function bundleSimplexPages() {
  const worker = await bundle("worker.js", {
    entry: join(dist, "crypto/worker/compatible-worker.js"),
    sourcemap: false,
  });
  const { code: css } = await transform(source("call.css"), { loader: "css", minify: true });
  const pages = ["android", "desktop"].map(async (name) => {
    const entry = join(dist, `pages/simplex-${name}.js`);
    const plugins = [workerText(worker.code)];
    const { code, packages } = await bundle("call.js", {
      entry,
      standIns,
      plugins,
      sourcemap: false,
    });
    return [`simplex/${name}/call.html`, { code: pageOf(css.trim(), code), packages }];
  });
  return new Map(await Promise.all(pages));
}

/** The page with its style and its script in the places that `call.html` has for them. */
function pageOf(style, script) {
  // Functions: in a text, `$&` and the like would have a meaning.
  return source("call.html")
    .replace("<style></style>", () => `<style>${style}</style>`)
    .replace("<script></script>", () => `<script>${script}</script>`);
}

/** Writes the pages. */
export function writePages(pages) {
  for (const [name, { code }] of pages) {
    mkdirSync(dirname(join(dist, name)), { recursive: true });
    writeFileSync(join(dist, name), code);
  }
}
