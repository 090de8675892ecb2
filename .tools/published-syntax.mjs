// Transformers for output of TypeScript that a package cannot publish. TypeScript rewrites the endings of imports in modules,
// but neither in declarations nor in `new URL()`, and it emits static members as static blocks.
import ts from "typescript";

const asPublished = (specifier) => specifier.replace(/^(\..*)\.ts$/, "$1.js");

/** Visits every node from the leaves up, and puts in its place what `change` returns. */
const transformer = (change) => (context) => (file) => {
  const visit = (node) => change(ts.visitEachChild(node, visit, context), context.factory);
  return ts.visitNode(file, visit);
};

/** The part of a node that names a module: a string, or the type of one. */
function specifierOf(node) {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node)) return node.argument;
  // `declare global` has no string.
  return ts.isModuleDeclaration(node) && ts.isStringLiteral(node.name) ? node.name : undefined;
}

/**
 * `import … from "./module.ts"` in a declaration names the module that is published.
 * @type {ts.TransformerFactory<ts.SourceFile>}
 */
export const publishedImports = transformer((node, factory) => {
  // As the compiler writes them.
  if (ts.isTupleTypeNode(node)) ts.setEmitFlags(node, ts.EmitFlags.SingleLine);
  const specifier = specifierOf(node);
  if (specifier === undefined) return node;
  const published = (child) => {
    if (child !== specifier) return child;
    const text = factory.createStringLiteral(asPublished((child.literal ?? child).text));
    return child.literal ? factory.createLiteralTypeNode(text) : text;
  };
  return ts.visitEachChild(node, published);
});

/**
 * `new URL("./worker.ts", import.meta.url)` names the module that is published.
 * @type {ts.TransformerFactory<ts.SourceFile>}
 */
export const publishedUrls = transformer((node, factory) => {
  if (!ts.isNewExpression(node) || !ts.isIdentifier(node.expression)) return node;
  const [path, base] = node.arguments ?? [];
  const isOfModule =
    node.expression.text === "URL" &&
    path &&
    ts.isStringLiteral(path) &&
    base &&
    ts.isPropertyAccessExpression(base) &&
    ts.isMetaProperty(base.expression);
  if (!isOfModule) return node;
  const published = factory.createStringLiteral(asPublished(path.text));
  return factory.updateNewExpression(node, node.expression, undefined, [published, base]);
});

/**
 * Converts `static { this.name = value; }`, which TypeScript emits for `static name = value`, back to the field. Safari before
 * 16.4 has no static blocks. A bundler that lowers one also converts every private member of the class to a WeakMap.
 * @type {ts.TransformerFactory<ts.SourceFile>}
 */
export const staticFields = transformer((node, factory) => {
  if (!ts.isClassStaticBlockDeclaration(node)) return node;
  const [statement, ...others] = node.body.statements;
  const assignment = statement && ts.isExpressionStatement(statement) && statement.expression;
  if (others.length > 0 || !assignment || !ts.isBinaryExpression(assignment)) return node;
  const { left, right } = assignment;
  if (!ts.isPropertyAccessExpression(left) || left.expression.kind !== ts.SyntaxKind.ThisKeyword)
    return node;
  const modifiers = [factory.createModifier(ts.SyntaxKind.StaticKeyword)];
  return factory.createPropertyDeclaration(modifiers, left.name, undefined, undefined, right);
});
