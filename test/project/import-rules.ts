import { posix } from "node:path";
import ts from "typescript";

/** One way in which a file reaches another: `specifier` is `null` where it cannot be read from the text. */
export interface Import {
  readonly specifier: string | null;
  readonly typeOnly: boolean;
  readonly line: number;
}

/** Allowed imports of a folder. `"call (types)"` stands for `import type` only. */
export interface ModuleRule {
  readonly modules: readonly string[];
  readonly packages?: readonly string[];
  /** `true` where a module may import from an address that its host names. */
  readonly anyAddress?: boolean;
}

/**
 * Reads every import of a source text: static, type, dynamic, re-export, `import("x").T`, `import x = require("x")`, `///
 * <reference path>`, `import.meta.resolve("x")`, `new URL("x", import.meta.url)`. The last one loads a worker.
 *
 * Only `import type` and `export type` count as types. `import { type A } from "x"` does not: with `verbatimModuleSyntax`
 * the emitted file still imports "x".
 */
export function importsOf(fileName: string, text: string): Import[] {
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.ESNext, true);
  const found: Import[] = [];
  const add = (node: ts.Node | undefined, typeOnly: boolean, position: number) => {
    const specifier = node && ts.isStringLiteralLike(node) ? node.text : null;
    found.push({
      specifier,
      typeOnly,
      line: source.getLineAndCharacterOfPosition(position).line + 1,
    });
  };
  const visit = (node: ts.Node): void => {
    const start = node.getStart(source);
    if (ts.isImportDeclaration(node)) {
      add(
        node.moduleSpecifier,
        node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword,
        start,
      );
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
      add(node.moduleSpecifier, node.isTypeOnly, start);
    } else if (
      ts.isImportEqualsDeclaration(node) &&
      ts.isExternalModuleReference(node.moduleReference)
    ) {
      add(node.moduleReference.expression, node.isTypeOnly, start);
    } else if (ts.isImportTypeNode(node)) {
      add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true, start);
    } else if (ts.isCallExpression(node) && isDynamicImport(node)) {
      add(node.arguments[0], false, start);
    } else if (ts.isNewExpression(node) && isModuleUrl(node)) {
      add(node.arguments?.[0], false, start);
    }
    ts.forEachChild(node, visit);
  };
  for (const reference of source.referencedFiles)
    found.push({ specifier: reference.fileName, typeOnly: true, line: 1 });
  visit(source);
  return found;
}

/** `import("x")` and `import.meta.resolve("x")`. */
function isDynamicImport(node: ts.CallExpression): boolean {
  return (
    node.expression.kind === ts.SyntaxKind.ImportKeyword ||
    node.expression.getText() === "import.meta.resolve"
  );
}

function isModuleUrl(node: ts.NewExpression): boolean {
  return (
    node.expression.getText() === "URL" && node.arguments?.[1]?.getText() === "import.meta.url"
  );
}

/**
 * Holds the rules against the imports of one file.
 *
 * @param file the path below `src/`, with `/`.
 * @param rules what each module may import, by its folder or its file without extension; the longest match counts.
 * @returns a sentence for each import that the rules forbid.
 */
export function violations(
  file: string,
  imports: readonly Import[],
  rules: Readonly<Record<string, ModuleRule>>,
): string[] {
  const module = moduleOf(file);
  const rule = ruleFor(file, rules);
  if (!rule) return [`${file}: src/${module} is not a module of the architecture`];
  return imports.flatMap(({ specifier, typeOnly, line }) => {
    const where = `${file}:${String(line)}`;
    if (specifier === null)
      return rule.anyAddress ? [] : [`${where}: an import must be a plain string`];
    if (!specifier.startsWith(".")) {
      const name = packageOf(specifier);
      return rule.packages?.includes(name)
        ? []
        : [`${where}: ${module} may not import the package ${name}`];
    }
    const target = posix.join(posix.dirname(file), specifier);
    if (target.startsWith("..")) return [`${where}: ${specifier} leaves src/`];
    const other = moduleOf(target);
    if (other === module || rule.modules.includes(other)) return [];
    if (!rule.modules.includes(`${other} (types)`))
      return [`${where}: ${module} may not import ${other}`];
    return typeOnly
      ? []
      : [`${where}: ${module} may import only types of ${other}, by \`import type\``];
  });
}

/** The first folder of a path, or the file's own name where it lies at the top of `src/`. */
function moduleOf(path: string): string {
  return (path.split("/")[0] ?? path).replace(/\.ts$/, "");
}

function ruleFor(
  file: string,
  rules: Readonly<Record<string, ModuleRule>>,
): ModuleRule | undefined {
  const path = file.replace(/\.ts$/, "");
  const matches = Object.keys(rules).filter((key) => path === key || path.startsWith(`${key}/`));
  const longest = matches.sort((a, b) => b.length - a.length)[0];
  return longest === undefined ? undefined : rules[longest];
}

function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
