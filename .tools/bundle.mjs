// One classic script out of a module and all it needs: the SimpleX pages, the one file, the frame worker.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { minify } from "terser";
import { lateFunctions } from "./late-functions.mjs";
import { root } from "./programs.mjs";
import { shortLiterals } from "./short-literals.mjs";
import { staticMembersBehind } from "./static-members.mjs";
import { noticeOf, packagesOf } from "./third-party.mjs";

/** What every such script is built with. `import.meta.url` is asked for by nothing in a classic script unless a plugin says where. */
export const shared = {
  absWorkingDir: root,
  tsconfig: join(root, "src/tsconfig.json"),
  bundle: true,
  minify: true,
  write: false,
  format: "iife",
  target: ["chrome91", "firefox117", "safari15.4"],
  define: { "import.meta.url": "undefined" },
  // They are said once, at the head.
  legalComments: "none",
  logLevel: "warning",
};

/** A source as it goes into a script. */
export const prepared = (text) => staticMembersBehind(shortLiterals(text));

/** @type {import("esbuild").Plugin} */
const preparedSources = {
  name: "prepared sources",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => ({
      contents: prepared(await readFile(path, "utf8")),
      loader: "ts",
    }));
  },
};

/**
 * @param {{ entry: string, globalName?: string, plugins?: import("esbuild").Plugin[], sourcemap?: boolean }} options `entry` an absolute
 * path; `sourcemap` makes `map`, with the sources in it.
 * @returns {Promise<{ code: string, map: string | null, packages: string[] }>} `packages` are those of others in it.
 */
export async function bundleOneFile({ entry, globalName, plugins = [], sourcemap = false }) {
  const options = {
    ...shared,
    entryPoints: [entry],
    outdir: "out",
    plugins: [...plugins, preparedSources],
    sourcemap,
  };
  const late = await lateFunctions(options);
  const { outputFiles, metafile } = await build({
    ...options,
    metafile: true,
    ...(late && { entryPoints: [late.entry], plugins: [late.plugin] }),
    ...(globalName && { globalName }),
    ...(sourcemap && { sourcemap: "external" }),
  });
  const packages = packagesOf(late?.modules ?? Object.keys(metafile.inputs));
  const text = (ending) => outputFiles.find(({ path }) => path.endsWith(ending))?.text;
  // What one minifier leaves the other still shortens, by three parts of a hundred.
  const { code = "", map } = await minify(text(".js"), {
    ecma: 2020,
    compress: { passes: 3, keep_fargs: false },
    format: { ascii_only: false, preamble: noticeOf(packages) },
    ...(globalName && { mangle: { reserved: [globalName] } }),
    ...(sourcemap && { sourceMap: { content: text(".js.map") } }),
  });
  return { code: code.trim(), map: typeof map === "string" ? map : null, packages };
}
