// One classic script out of a module and all it needs: the SimpleX pages, the one file, the frame worker.
import { join } from "node:path";
import { build } from "esbuild";
import { minify } from "terser";
import { root } from "./programs.mjs";
import { shortLiteralsPlugin } from "./short-literals.mjs";

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
  logLevel: "warning",
};

/**
 * @param {{ entry: string, globalName?: string, plugins?: import("esbuild").Plugin[], sourcemap?: boolean }} options `entry` an absolute
 * path; `sourcemap` makes `map`, with the sources in it.
 * @returns {Promise<{ code: string, map: string | null }>}
 */
export async function bundleOneFile({ entry, globalName, plugins = [], sourcemap = false }) {
  const { outputFiles } = await build({
    ...shared,
    entryPoints: [entry],
    outdir: "out",
    plugins: [...plugins, shortLiteralsPlugin],
    ...(globalName && { globalName }),
    ...(sourcemap && { sourcemap: "external" }),
  });
  const text = (ending) => outputFiles.find(({ path }) => path.endsWith(ending))?.text;
  // What one minifier leaves the other still shortens, by three parts of a hundred.
  const { code = "", map } = await minify(text(".js"), {
    ecma: 2020,
    compress: { passes: 3, keep_fargs: false },
    format: { ascii_only: false },
    ...(globalName && { mangle: { reserved: [globalName] } }),
    ...(sourcemap && { sourceMap: { content: text(".js.map") } }),
  });
  return { code: code.trim(), map: typeof map === "string" ? map : null };
}
