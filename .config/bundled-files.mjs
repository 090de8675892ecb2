// Bundles each program of a page and the packages that it imports. A page would otherwise request up to three hundred modules
// one by one, which takes longer than most tests. Files loaded by URL (a worker) come from source.
import { readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { build } from "esbuild";

const packages = "/__packages__/";

/**
 * Returns a `middleware` for @web/dev-server and @web/test-runner. It runs before their plugins, which do not process bundled
 * files.
 *
 * @param {{ root: string, files: string[], sources: Record<string, string> }} options the project's folder and the programs,
 * absolute; the names of a package that mean a source, and its path on the server.
 */
export function bundledFiles({ root, files, sources }) {
  const known = new Set(files.map((file) => addressOf(root, file)));
  let bundles;
  return async (context, next) => {
    const { path } = context;
    if (!known.has(path.replace(/\.map$/, "")) && !path.startsWith(packages)) return next();
    // Where one has a fault that esbuild has named, each is served as it is: the others can still run.
    bundles ??= bundleAll({ root, files, sources }).catch(() => new Map());
    const body = (await bundles).get(path);
    if (body === undefined) return next();
    context.type = path.endsWith(".map") ? "json" : "js";
    context.body = body;
  };
}

/** @returns {Promise<Map<string, Buffer>>} by path on the server. */
async function bundleAll({ root, files, sources }) {
  const options = {
    absWorkingDir: root,
    tsconfig: join(root, "tsconfig.json"),
    bundle: true,
    write: false,
    format: "esm",
    target: "esnext",
    // As the dev server resolves them: Lit warns of what is wrong.
    conditions: ["development"],
    // A module that only has an effect has it, as it does without a bundle.
    treeShaking: false,
    ignoreAnnotations: true,
    logLevel: "error",
  };
  const names = new Set();
  const fromSource = {
    name: "from-source",
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^[^.]/ }, ({ path, kind }) => {
        if (kind === "entry-point") return undefined;
        if (path in sources) return { path: join(root, sources[path]) };
        names.add(path);
        return { path: `${packages}${nameOf(path)}.js`, external: true };
      });
      // Resolves files next to a module to those next to its source.
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const own = `new URL("${addressOf(root, path)}", location.origin).href`;
        return {
          contents: readFileSync(path, "utf8").replaceAll("import.meta.url", own),
          loader: "ts",
        };
      });
    },
  };
  const linked = {
    outbase: root,
    outdir: root,
    sourcemap: "linked",
    sourcesContent: false,
  };
  const ownFiles = await build({
    ...options,
    ...linked,
    entryPoints: files,
    plugins: [fromSource],
  });
  // All of them at once, so that what two of them share is there once.
  const libraries = await build({
    ...options,
    entryPoints: [...names].map((name) => ({ in: name, out: nameOf(name) })),
    outdir: join(root, packages),
    splitting: true,
    external: ["/__web-dev-server__web-socket.js"],
  });
  const outputs = [...ownFiles.outputFiles, ...libraries.outputFiles];
  return new Map(
    outputs.map(({ path, contents }) => [addressOf(root, path), Buffer.from(contents)]),
  );
}

const nameOf = (path) => path.replace(/\.js$/, "");
const addressOf = (root, file) => `/${relative(root, file).split(sep).join("/")}`;
