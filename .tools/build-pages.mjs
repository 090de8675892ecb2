// Builds the call pages of other messengers: `dist/simplex/`, in the shape of their `www` folder, and `dist/deltachat/`. Each
// is one file. A host may serve its page from another URL than its files, and a page from `file:` loads no modules and starts
// no worker by URL.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { transform } from "esbuild";
import { bundle, dist } from "./bundle.mjs";
import { root } from "./programs.mjs";

const standIns = {
  "media/devices/process-track.js": "pages/stand-ins/unused-parts.js",
  "elements/call-view/behaviours/last-call-offer.js": "pages/stand-ins/unused-parts.js",
  "elements/call-view/behaviours/view-events.js": "pages/stand-ins/unused-parts.js",
  "crypto/agreement/resumption-store.js": "pages/stand-ins/unused-parts.js",
  "elements/call-view/in-call/load-in-call-chunk.js": "pages/stand-ins/foreign-calls.js",
  "elements/incoming-call/load-decline-texts.js": "pages/stand-ins/unused-parts.js",
  "elements/call-view/text/arrived-text.js": "pages/stand-ins/unused-parts.js",
  "elements/call-view/note/note-offer.js": "pages/stand-ins/unused-parts.js",
  "elements/words/optional-english.js": "pages/stand-ins/unused-parts.js",
  "elements/words/decline-english.js": "pages/stand-ins/unused-parts.js",
  "elements/call-view/text/text-watch.js": "pages/stand-ins/unused-parts.js",
  "elements/call-view/load-late-chunks.js": "pages/stand-ins/foreign-calls.js",
  "elements/call-view/behaviours/own-calls.js": "pages/stand-ins/foreign-calls.js",
  "call/rules/invitation.js": "pages/stand-ins/foreign-set-up.js",
  "call/rules/set-up.js": "pages/stand-ins/foreign-set-up.js",
  "crypto/agreement/successors.js": "pages/stand-ins/unused-parts.js",
  "elements/shared/property-readers.js": "pages/stand-ins/own-values.js",
  "elements/shared/read-records.js": "pages/stand-ins/own-values.js",
  "crypto/worker/shipped-worker.js": "pages/stand-ins/unused-parts.js",
  "crypto/agreement/load-key-shares-fallback.js": "pages/stand-ins/unused-parts.js",
};

/** In WebViews and in Electron; SimpleX's page for the desktop is one of a browser. */
const inApps = {
  "elements/call-view/in-call/allow-devices.js": "pages/stand-ins/in-apps.js",
  "elements/call-view/in-call/share-buttons.js": "pages/stand-ins/in-apps.js",
  "media/devices/screen-pause.js": "pages/stand-ins/in-apps.js",
  "elements/words/browser-english.js": "pages/stand-ins/in-apps.js",
  "elements/call-view/pictures/small-window.js": "pages/stand-ins/in-apps.js",
  "elements/call-view/pictures/small-window-screen.js": "pages/stand-ins/in-apps.js",
  "elements/shared/outlive-window.js": "pages/stand-ins/in-apps.js",
};

/** No call of Delta Chat has a shared screen of the other side. */
const withoutScreens = {
  "elements/call-view/share/share-watch.js": "pages/stand-ins/unused-parts.js",
  "elements/words/share-english.js": "pages/stand-ins/unused-parts.js",
};

/** What a page runs itself is in the worker that it carries. */
const runs = (worker) => ({
  "crypto/worker/page-pipeline.js": `pages/stand-ins/${worker}-pipeline.js`,
});

/** The workers that pages carry. */
const workers = ["compatible-worker", "transport-worker"];

/**
 * What is built: its script, the modules that others stand in for, its markup, which has the style beside it, and what its own policy allows besides that script, that style and
 * its worker.
 */
const pages = {
  "simplex/android/call.html": {
    entry: "simplex-android.js",
    replaced: { ...standIns, ...inApps, ...runs("compatible") },
    markup: "simplex/call.html",
    allowed: { img: "data: blob:" },
  },
  // It asks its own server whether it is there, and has a web socket with it. Older engines do not count that as 'self'.
  "simplex/desktop/call.html": {
    entry: "simplex-desktop.js",
    replaced: { ...standIns, ...runs("compatible") },
    markup: "simplex/call.html",
    allowed: { img: "data: blob:", connect: "'self' ws://localhost:* ws://127.0.0.1:*" },
  },
  // An app puts languages beside it, and names a picture by any address.
  "deltachat/index.html": {
    entry: "deltachat.js",
    replaced: { ...standIns, ...inApps, ...withoutScreens, ...runs("transport") },
    markup: "deltachat/index.html",
    allowed: { script: "'self'", img: "'self' https: data: blob:" },
  },
};

/**
 * `import program from "….ts?program"`: the bundled worker as a function, whose text the page starts from a `blob:` address, and which it
 * calls where frames are processed in the page.
 */
const workerProgram = (programs) => ({
  name: "worker as a function",
  resolveId: (source) => (source.endsWith(".ts?program") ? basename(source) : null),
  load: (id) =>
    id.endsWith(".ts?program")
      ? `export default function () {${programs.get(basename(id, ".ts?program"))};return made}`
      : null,
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
  const made = Object.entries(pages).map(async ([name, { entry, replaced, markup, allowed }]) => {
    const { code: css } = await transform(source(join(dirname(markup), "call.css")), {
      ...{ loader: "css", minify: true },
    });
    const { code, packages } = await bundle("call.js", {
      entry: join(dist, "pages", entry),
      standIns: replaced,
      plugins: [workerProgram(programs)],
      sourcemap: false,
    });
    return [name, { code: pageOf(source(markup), css.trim(), code, allowed), packages }];
  });
  return new Map(await Promise.all(made));
}

/** The page with its policy, its style and its script in the places that its markup has for them. */
function pageOf(markup, style, script, allowed) {
  // Functions: in a text, `$&` and the like would have a meaning.
  const page = markup
    .replace(/^ +/gm, "")
    .replace("<style></style>", () => `<style>${style}</style>`)
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
  const folder = join(dist, "elements/words/locales");
  const isLanguage = (file) => file.endsWith(".js") && file !== "locale.js";
  for (const file of readdirSync(folder).filter(isLanguage)) {
    const text = {
      name: "language",
      resolveId: (id) => (id === "language" ? id : null),
      load: (id) =>
        id === "language"
          ? `import locale from ${JSON.stringify(join(folder, file))};
(globalThis.SxCallLanguages ??= []).push(locale);`
          : null,
    };
    const { code } = await bundle(file, { entry: "language", plugins: [text], sourcemap: false });
    write(`deltachat/languages/${file}`, code);
  }
}

function write(name, text) {
  const path = join(dist, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
