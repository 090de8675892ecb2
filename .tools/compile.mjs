// Writes a module and its declarations for each source to the configured folder. The native compiler checks the types and
// writes the declarations. TypeScript 6 emits each module separately (`isolatedModules`) through the transformers of this
// folder, which the native compiler does not support yet.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import { program, root } from "./programs.mjs";
import { publishedImports, publishedUrls, staticFields } from "./published-syntax.mjs";
import { shortTemplates } from "./short-templates.mjs";

const compiler = program("@typescript/native-preview", "tsgo");
const printer = ts.createPrinter();

/**
 * @param {string} project path of the configuration.
 * @returns {boolean} whether there is no fault; the compiler prints what is wrong.
 */
export function compile(project) {
  const args = [compiler, "--pretty", "--project", project, "--emitDeclarationOnly"];
  if (spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" }).status !== 0) return false;
  const { fileNames, options } = ts.getParsedCommandLineOfConfigFile(project, {}, ts.sys);
  for (const source of fileNames.filter((name) => !name.endsWith(".d.ts")))
    writeModule(source, options);
  for (const name of readdirSync(options.outDir, { recursive: true }))
    if (name.endsWith(".d.ts")) publishDeclaration(join(options.outDir, name), options.outDir);
  return true;
}

function writeModule(source, options) {
  const target = join(options.outDir, relative(options.rootDir, source)).replace(/\.ts$/, "");
  const { outputText, sourceMapText } = ts.transpileModule(readFileSync(source, "utf8"), {
    // Relative to the map, as in the package.
    fileName: relative(dirname(target), source).replaceAll("\\", "/"),
    compilerOptions: { ...options, module: ts.ModuleKind.ESNext },
    transformers: { before: [shortTemplates, publishedUrls], after: [staticFields] },
  });
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(`${target}.js`, withoutThis(outputText));
  writeFileSync(`${target}.js.map`, sourceMapText);
}

/** A module has no `this`: bundlers warn of the one that the compiler's helpers ask for a helper of before. */
function withoutThis(text) {
  return text.replace(/^(var __\w+ = )\(this && this\.__\w+\) \|\| /gm, "$1");
}

function publishDeclaration(path, outDir) {
  const file = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
  const { transformed } = ts.transform(file, [publishedImports]);
  // The compiler leaves out imports for types alone that nothing names: the tags and their events are global.
  const name = relative(outDir, path).replaceAll("\\", "/");
  const tags = /^define(?:\/sx-[\w-]+)?\.d\.ts$/.test(name)
    ? `import "${name.includes("/") ? ".." : "."}/index.js";\n`
    : "";
  writeFileSync(path, tags + printer.printFile(transformed[0]));
}
