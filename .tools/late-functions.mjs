// What `import()` loads, within a classic script: one function for all of it, run when it is first asked for. esbuild alone gives every
// module one that anything late needs, also those that are needed at once: larger, and read twice by the engine.
import { basename, resolve } from "node:path";
import { build } from "esbuild";
import ts from "typescript";
import { edited } from "./edits.mjs";

const folder = "chunks";

/**
 * @param {import("esbuild").BuildOptions & { entryPoints: [string] }} options as for the script itself.
 * @returns {Promise<{ plugin: import("esbuild").Plugin, entry: string, modules: string[] } | null>} the entry to bundle instead, and what
 *   resolves it; `modules` are those in it. `null` where nothing comes late.
 */
export async function lateFunctions(options) {
  const { outputFiles, metafile } = await build({
    ...options,
    format: "esm",
    splitting: true,
    metafile: true,
    minify: false,
    minifySyntax: true,
    outdir: folder,
    ...(options.sourcemap && { sourcemap: "inline" }),
  });
  if (outputFiles.length === 1) return null;
  const outputs = Object.entries(metafile.outputs);
  const [entry] = outputs.find(
    ([, { entryPoint }]) =>
      entryPoint && resolve(options.absWorkingDir, entryPoint) === options.entryPoints[0],
  );
  const atOnce = new Set([entry]);
  for (const path of atOnce) {
    for (const { path: other, kind } of metafile.outputs[path].imports)
      if (kind === "import-statement") atOnce.add(other);
  }
  const early = new Set([...atOnce].map((path) => basename(path)));
  const texts = new Map(
    outputFiles.map(({ path, text }) => [basename(path), rewritten(text, basename(path), early)]),
  );
  return {
    entry: basename(entry),
    modules: Object.keys(metafile.inputs),
    plugin: {
      name: "late functions",
      setup({ onResolve, onLoad }) {
        onResolve({ filter: /^(?:\.\/)?[\w-]+\.js$/ }, ({ path }) => ({
          path: basename(path),
          namespace: folder,
        }));
        onLoad({ filter: /./, namespace: folder }, ({ path }) => ({
          contents: texts.get(path),
          loader: "js",
          resolveDir: "/",
        }));
      },
    },
  };
}

/** A chunk whose late parts are functions; where it is one of them, it is that function. */
function rewritten(text, name, early) {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest);
  const placeOf = (node) => ({ from: node.getStart(file), to: node.getEnd() });
  const edits = [];
  const functions = new Map();
  const functionOf = (chunk) => {
    if (!functions.has(chunk)) functions.set(chunk, `$late${functions.size}`);
    return functions.get(chunk);
  };
  const visit = (node) => {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const path = basename(node.arguments[0].text);
      const given = early.has(path)
        ? `import("./${path}")`
        : `Promise.resolve().then(${functionOf(path)})`;
      edits.push({ ...placeOf(node), text: given });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  if (!early.has(name)) {
    const imports = file.statements.filter((node) => ts.isImportDeclaration(node));
    const shared = [];
    for (const node of imports) {
      const chunk = basename(node.moduleSpecifier.text);
      if (early.has(chunk)) continue;
      const names = node.importClause?.namedBindings?.elements ?? [];
      const taken = names.map(
        ({ name: local, propertyName }) => `${(propertyName ?? local).text}: ${local.text}`,
      );
      shared.push(`const { ${taken.join(", ")} } = ${functionOf(chunk)}();`);
      // Its lines stay, for the source map.
      edits.push({ ...placeOf(node), text: node.getText(file).replace(/[^\n]/g, "") });
    }
    const start = imports.at(-1)?.getEnd() ?? 0;
    edits.push({
      from: start,
      to: start,
      text: ` var $part; export const $load = () => ($part ??= $run()); const $run = () => { ${shared.join(" ")}`,
    });
    const given = file.statements.find((node) => ts.isExportDeclaration(node));
    const members =
      given?.exportClause.elements.map(
        ({ name: outer, propertyName }) => `${outer.text}: ${(propertyName ?? outer).text}`,
      ) ?? [];
    const end = `return { ${members.join(", ")} }; };`;
    const behind = file.statements.at(-1).getEnd();
    edits.push({ ...(given ? placeOf(given) : { from: behind, to: behind }), text: end });
  }
  return (
    [...functions]
      .map(([chunk, local]) => `import { $load as ${local} } from "./${chunk}";`)
      .join(" ") + edited(text, edits)
  );
}
