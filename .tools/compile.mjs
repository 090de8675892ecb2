// Writes a module and its declarations for each source to the configured folder. The native compiler checks the types and
// writes the declarations. TypeScript 6 emits each module separately (`isolatedModules`) through the transformers of this
// folder, which the native compiler does not support yet.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import { run } from "./programs.mjs";
import { publishedImports, publishedUrls, staticFields } from "./published-syntax.mjs";
import { shortTemplates } from "./short-templates.mjs";

const printer = ts.createPrinter();

/** The compiler's helper of decorators, once for all modules instead of once in each. Every decorator has four arguments. */
const decorateFile = "decorate.js";
export const decorateText = `export const __decorate = (decorators, target, key, own) => {
  let found = own === null ? Object.getOwnPropertyDescriptor(target, key) : own;
  for (const decorator of decorators.reverse()) found = decorator(target, key, found) || found;
  if (found) Object.defineProperty(target, key, found);
};
`;

/**
 * @param {string} project path of the configuration.
 * @returns {boolean} whether there is no fault; the compiler prints what is wrong.
 */
export function compile(project) {
  const args = ["--pretty", "--project", project, "--emitDeclarationOnly"];
  if (run("@typescript/native-preview", args, "tsgo") !== 0) return false;
  const { fileNames, options } = ts.getParsedCommandLineOfConfigFile(project, {}, ts.sys);
  for (const source of fileNames.filter((name) => !name.endsWith(".d.ts")))
    writeModule(source, options);
  writeFileSync(join(options.outDir, decorateFile), decorateText);
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
  const helper = relative(dirname(target), join(options.outDir, decorateFile)).replaceAll(
    "\\",
    "/",
  );
  writeFileSync(`${target}.js`, withSharedHelper(outputText, helper));
  writeFileSync(`${target}.js.map`, sourceMapText);
}

/** No line is lost, so that the source map stays right. */
export function withSharedHelper(text, helper) {
  const address = helper.startsWith(".") ? helper : `./${helper}`;
  return text.replace(
    /^var __decorate = [^]*?^};/m,
    (own) => `import { __decorate } from "${address}";${"\n".repeat(own.split("\n").length - 1)}`,
  );
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
