// `dist/simplex/`: the two call pages of SimpleX's apps, in the shape of their `www` folder. Each is one file: the desktop's host serves
// its page from another address than its files, and a page from `file:` loads no module and starts no worker by address.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { root } from "./programs.mjs";

const pages = ["android", "desktop"];

const shared = {
  absWorkingDir: root,
  tsconfig: join(root, "src/tsconfig.json"),
  bundle: true,
  minify: true,
  write: false,
  format: "iife",
  target: ["chrome86", "firefox117", "safari15.4"],
  // Where the worker and the stand-ins for missing key shares lie beside a module: never asked for here.
  define: { "import.meta.url": "undefined" },
  logLevel: "warning",
};

/** `import text from "./module.ts?text"`: the module and all it needs, as the text of a classic script. */
const textOfModule = {
  name: "text of a module",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\?text$/ }, ({ path, resolveDir }) => ({
      path: resolve(resolveDir, path.replace(/\?text$/, "")),
      namespace: "text",
    }));
    onLoad({ filter: /./, namespace: "text" }, async ({ path }) => ({
      contents: await bundle(path, []),
      loader: "text",
    }));
  },
};

/** The stand-ins weigh three times what they stand in for: without them a call has the other app's encryption, as its page has. */
const withoutStandIns = {
  name: "without stand-ins",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /key-shares-fallback/ }, () => ({ path: "none", namespace: "stand-ins" }));
    onLoad({ filter: /./, namespace: "stand-ins" }, () => ({ contents: 'throw new Error("not in this page");' }));
  },
};

async function bundle(entry, plugins) {
  const { outputFiles } = await build({ ...shared, entryPoints: [entry], plugins });
  return outputFiles[0].text.trim();
}

/**
 * @param {string} [folder] where they go, for tests.
 * @returns {Promise<string[]>} their sizes in words.
 */
export async function buildSimplexPages(folder = join(root, "dist/simplex")) {
  const html = readFileSync(join(root, "src/pages/simplex/call.html"), "utf8");
  const { outputFiles } = await build({
    ...shared,
    entryPoints: [join(root, "src/pages/simplex/call.css")],
    define: {},
  });
  const sizes = [];
  for (const name of pages) {
    const script = await bundle(join(root, `src/pages/simplex-${name}.ts`), [textOfModule, withoutStandIns]);
    // A function: the texts hold `$&` and the like.
    const page = html
      .replace("<style></style>", () => `<style>${outputFiles[0].text.trim()}</style>`)
      .replace("<script></script>", () => `<script>${script}</script>`);
    const file = join(folder, name, "call.html");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, page);
    sizes.push(`${name} ${(gzipSync(page, { level: 9 }).length / 1000).toFixed(1)} kB gzip`);
  }
  return sizes;
}
