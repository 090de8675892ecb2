// Writes a module and its declarations for each source to the configured folder. The native compiler checks the types and
// writes the declarations. TypeScript 6 emits each module separately (`isolatedModules`) through the transformers of this
// folder, which the native compiler does not support yet.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import { run } from "./programs.mjs";
import {
  plainImports,
  publishedImports,
  publishedUrls,
  sharedDecorators,
  staticFields,
} from "./published-syntax.mjs";
import { shortTemplates } from "./short-templates.mjs";

const printer = ts.createPrinter();

/** Stands for the compiler's helper of decorators, which each module would have. Every property has one decorator. */
const decorateFile = "decorate.js";
export const decorateText = `export const __decorate = (target, decorators) => {
  for (const [name, decorate] of Object.entries(decorators)) {
    const made = decorate(target, name, Object.getOwnPropertyDescriptor(target, name));
    if (made) Object.defineProperty(target, name, made);
  }
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
  const path = relative(dirname(target), join(options.outDir, decorateFile));
  const helper = path.replaceAll("\\", "/");
  const decorators = sharedDecorators(helper.startsWith(".") ? helper : `./${helper}`);
  const { outputText, sourceMapText } = ts.transpileModule(readFileSync(source, "utf8"), {
    // Relative to the map, as in the package.
    fileName: relative(dirname(target), source).replaceAll("\\", "/"),
    compilerOptions: { ...options, module: ts.ModuleKind.ESNext, noEmitHelpers: true },
    transformers: {
      before: [shortTemplates, publishedUrls],
      after: [staticFields, plainImports, decorators],
    },
  });
  if (/\b__(?!decorate\b)[a-z]\w+\(/.test(outputText))
    throw new Error(`${source} needs a helper of the compiler that the package does not have.`);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(`${target}.js`, outputText);
  writeFileSync(`${target}.js.map`, sourceMapText);
}

function publishDeclaration(path, outDir) {
  const file = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
  const { transformed } = ts.transform(file, [publishedImports]);
  // The compiler leaves out imports for types alone that nothing names: the tags and their events are global.
  const name = relative(outDir, path).replaceAll("\\", "/");
  const tags = name === "define.d.ts" ? 'import "./index.js";\n' : "";
  writeFileSync(path, tags + printer.printFile(transformed[0]));
}
