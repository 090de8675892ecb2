// Builds the call pages of other messengers: `dist/simplex/`, in the shape of their `www` folder, and `dist/deltachat/`. Each
// is one file. A host may serve its page from another URL than its files. A page from `file:` loads no modules and starts no
// worker by URL.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { transform } from "esbuild";
import { pages, workers } from "../.config/bundles.mjs";
import { bundle, dist, write } from "./bundle.mjs";
import { root } from "./programs.mjs";

/**
 * `import program from "./worker.ts?program"`: the page's worker as a function. The page starts the function's text from a
 * `blob:` URL. It calls the function where frames are processed in the page.
 */
const workerProgram = (program) => ({
  name: "worker as a function",
  resolveId: (source) => (source.endsWith(".ts?program") ? source : null),
  load: (id) =>
    id.endsWith(".ts?program") ? `export default function () {${program};return made}` : null,
});

const source = (path) => readFileSync(join(root, "src/pages", path), "utf8");

/** @returns {Promise<Map<string, { code: string, packages: string[] }>>} the pages by their names; `code` is the whole page. */
export async function bundlePages() {
  const programs = new Map(
    await Promise.all(
      workers.map(async (name) => {
        const entry = join(dist, `crypto/worker/${name}.js`);
        return [
          name,
          (await bundle("worker.js", { entry, globalName: "made", sourcemap: false })).code,
        ];
      }),
    ),
  );
  const made = Object.entries(pages).map(
    async ([name, { markup, worker, allowed, ...options }]) => {
      const [before, own, after] = source(markup).split(/(?<=<style>)([^]*)(?=<\/style>)/);
      const { code: css } = await transform(own, { loader: "css", minify: true });
      const { code, packages } = await bundle("call.js", {
        ...options,
        entry: join(dist, options.entry),
        plugins: [workerProgram(programs.get(worker))],
        sourcemap: false,
      });
      return [name, { code: pageOf(before + css.trim() + after, code, allowed), packages }];
    },
  );
  return new Map(await Promise.all(made));
}

/** The page with its policy and its script in the places that its markup has for them. */
function pageOf(markup, script, allowed) {
  // Functions: in a text, `$&` and the like would have a meaning.
  const page = markup
    .replace(/^ +/gm, "")
    .replace("<script></script>", () => `<script>${script}</script>`);
  const policy = policyOf(page, allowed);
  return page.replace(
    '<meta charset="utf-8" />',
    (charset) => `${charset}<meta http-equiv="Content-Security-Policy" content="${policy}" />`,
  );
}

/** A policy (CSP level 2) under which a page has its own script and style, by their hashes, its worker, and what is allowed besides. */
function policyOf(page, allowed) {
  const hash = (tag) => {
    const [, text] = new RegExp(`<${tag}>([^]*)</${tag}>`).exec(page);
    return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  };
  const { script = "", img, connect } = allowed;
  return [
    ...["default-src 'none'", `script-src ${hash("script")} ${script}`.trim()],
    ...[`style-src ${hash("style")}`, "worker-src blob:", `img-src ${img}`],
    ...(connect === undefined ? [] : [`connect-src ${connect}`]),
    ...["base-uri 'none'", "form-action 'none'"],
  ].join("; ");
}

/** Writes the pages, and what lies beside Delta Chat's: its policy, and every language but English as a classic script. */
export async function writePages(made) {
  for (const [name, { code }] of made) write(name, code);
  const { code: page } = made.get("deltachat/index.html");
  // The strictest under which Delta Chat's page works, for a header. It alone can forbid that another page frames this one.
  const strict = policyOf(page, { img: "data: blob:" });
  write("deltachat/policy.txt", `${strict}; frame-ancestors 'none'\n`);
  const entry = join(dist, "pages/deltachat/language.js");
  const isLanguage = (file) => file.endsWith(".js") && file !== "locale.js";
  for (const file of readdirSync(join(dist, "elements/words/locales")).filter(isLanguage)) {
    const standIns = { "elements/words/locales/de.js": `elements/words/locales/${file}` };
    const { code } = await bundle(file, { entry, standIns, sourcemap: false });
    write(`deltachat/languages/${file}`, code);
  }
}
