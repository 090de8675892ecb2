// Bundles a module of the compiler's output with all that it imports, by rolldown.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { build } from "rolldown";
import { root } from "./programs.mjs";
import { noticeOf, packagesOf } from "./third-party.mjs";

/** Where the compiler writes. */
export const dist = join(root, "dist");

/** Writes a file there. */
export function write(name, text) {
  mkdirSync(dirname(join(dist, name)), { recursive: true });
  writeFileSync(join(dist, name), text);
}

/** The oldest engines that are supported, as bundlers name them. */
export const floorTargets = Object.entries(
  JSON.parse(readFileSync(join(root, ".config/floor.json"), "utf8")),
).map(([engine, version]) => `${engine === "chromium" ? "chrome" : engine}${version}`);

/** The compiler's own source maps: without them a map of the bundle would end at its output. */
const sourceMaps = {
  name: "source maps",
  load(id) {
    if (!existsSync(`${id}.map`)) return null;
    const map = JSON.parse(readFileSync(`${id}.map`, "utf8"));
    return { code: readFileSync(id, "utf8"), map };
  },
};

/** Imports of the modules named left give those named right, both below `dist`. */
const alias = (standIns) => {
  const replaced = new Map(
    Object.entries(standIns).map((names) => names.map((name) => join(dist, name))),
  );
  return {
    name: "stand-ins",
    resolveId: (source, importer) =>
      (importer && replaced.get(resolve(dirname(importer), source))) ?? null,
  };
};

/** Warnings fail the build, so that no faulty bundle is published. */
function failOnWarning(level, { message }) {
  if (level === "warn") throw new Error(message);
}

/**
 * @param {string} file the name that the bundle gets.
 * @param {object} options
 * @param {string} options.entry path of the module.
 * @param {"iife" | "es"} [options.format] `iife`: a classic script, minified; it has no `import()`, for which it needs stand-ins.
 * @param {boolean} [options.sourcemap] `false` for a script that goes into a page.
 * @param {string} [options.globalName] the global that a classic script assigns its exports to.
 * @param {Record<string, string>} [options.standIns] modules that differ in this bundle, and what takes their places, below `dist`.
 * @param {import("rolldown").Plugin[]} [options.plugins]
 * @param {import("rolldown").ExternalOption} [options.external]
 * @param {string} [options.banner] what the output begins with.
 * @returns {Promise<{ code: string, map?: string, packages: string[] }>} `packages` are those of others in it.
 */
export async function bundle(file, options) {
  const { entry, format = "iife", sourcemap = true, globalName } = options;
  const { standIns = {}, plugins = [], external, banner } = options;
  const isScript = format === "iife";
  const { output } = await build({
    input: entry,
    external,
    plugins: [alias(standIns), ...plugins, sourceMaps],
    transform: { target: floorTargets },
    // A slow machine is no fault of the bundle.
    checks: { bundlerTimings: false },
    onLog: failOnWarning,
    write: false,
    output: {
      file: join(dist, file),
      format,
      name: globalName,
      strict: true,
      generatedCode: { symbols: false },
      minify: isScript,
      codeSplitting: false,
      sourcemap,
      comments: !isScript,
      ...(banner && { banner }),
      ...(isScript && { postBanner: ({ moduleIds }) => noticeOf(packagesOf(moduleIds)) }),
    },
  });
  const [{ code, map, moduleIds, dynamicImports }] = output;
  if (isScript && dynamicImports.length > 0)
    throw new Error(`${basename(entry)} has an import() in a classic script: it needs a stand-in.`);
  return { code, map: map?.toString(), packages: packagesOf(moduleIds) };
}
