// `dist/simplex/`: the two call pages of SimpleX's apps, in the shape of their `www` folder. Each is one file: the desktop's host serves
// its page from another address than its files, and a page from `file:` loads no module and starts no worker by address.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { bundleOneFile, prepared, shared } from "./bundle.mjs";
import { root } from "./programs.mjs";

const pages = ["android", "desktop"];

/** `import text from "./module.ts?text"`: the module and all it needs, as the text of a classic script. */
const textOfModule = {
  name: "text of a module",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\?text$/ }, ({ path, resolveDir }) => ({
      path: resolve(resolveDir, path.replace(/\?text$/, "")),
      namespace: "text",
    }));
    onLoad({ filter: /./, namespace: "text" }, async ({ path }) => ({
      contents: (await bundleOneFile({ entry: path })).code,
      loader: "text",
    }));
  },
};

/** The stand-ins weigh three times what they stand in for: without them a call has the other app's encryption, as its page has. */
const withoutStandIns = {
  name: "without stand-ins",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /key-shares-fallback/ }, () => ({ path: "none", namespace: "stand-ins" }));
    onLoad({ filter: /./, namespace: "stand-ins" }, () => ({
      contents: 'throw new Error("not in this page");',
    }));
  },
};

/** An app waits for its page, and no call comes before it: there what comes late elsewhere is there at once, and weighs less. */
const allAtOnce = {
  name: "all at once",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/](?:in-call-chunk|late-ports)\.ts$/ }, ({ path }) => {
      const imports = [];
      const contents = readFileSync(path, "utf8").replace(/import\(("\.[^"]+")\)/g, (_, name) => {
        imports.push(`import * as part${imports.length} from ${name};`);
        return `Promise.resolve(part${imports.length - 1})`;
      });
      if (imports.length !== 1)
        throw new Error(`${path} has ${imports.length} parts that come late, not one.`);
      return { contents: prepared(`${imports.join("\n")}\n${contents}`), loader: "ts" };
    });
  },
};

/** @returns {Promise<{ sizes: string[], packages: string[] }>} their sizes in words, and the packages of others in them. */
export async function buildSimplexPages() {
  const html = readFileSync(join(root, "src/pages/simplex/call.html"), "utf8");
  const { outputFiles } = await build({
    ...shared,
    entryPoints: [join(root, "src/pages/simplex/call.css")],
    define: {},
  });
  const sizes = [];
  const held = new Set();
  for (const name of pages) {
    const entry = join(root, `src/pages/simplex-${name}.ts`);
    const { code, packages } = await bundleOneFile({
      entry,
      plugins: [textOfModule, withoutStandIns, allAtOnce],
    });
    for (const each of packages) held.add(each);
    // A function: the texts hold `$&` and the like.
    const page = html
      .replace("<style></style>", () => `<style>${outputFiles[0].text.trim()}</style>`)
      .replace("<script></script>", () => `<script>${code}</script>`);
    const file = join(root, "dist/simplex", name, "call.html");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, page);
    sizes.push(`${name} ${(gzipSync(page, { level: 9 }).length / 1000).toFixed(1)} kB gzip`);
  }
  return { sizes, packages: [...held] };
}
