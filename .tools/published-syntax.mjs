// Transformers for output of TypeScript that a package cannot publish. TypeScript rewrites the endings of imports in modules,
// but neither in declarations nor in `new URL()`, and it emits static members as static blocks.
import ts from "typescript";

const asPublished = (specifier) => specifier.replace(/^(\..*)\.ts$/, "$1.js");

/** Visits every node from the leaves up, and puts in its place what `change` returns. */
export const transformer = (change) => (context) => (file) => {
  const visit = (node) => change(ts.visitEachChild(node, visit, context), context.factory, file);
  return ts.visitNode(file, visit);
};

/**
 * `import … from "./module.ts"` in a declaration names the module that is published.
 * @type {ts.TransformerFactory<ts.SourceFile>}
 */
export const publishedImports = transformer((node, factory) => {
  // As the compiler writes them.
  if (ts.isTupleTypeNode(node)) ts.setEmitFlags(node, ts.EmitFlags.SingleLine);
  if (!ts.isStringLiteral(node)) return node;
  // Of an import or export, of `declare module`, or of the type `import("./module.ts")`.
  const { moduleSpecifier, name, parent } = node.parent;
  const isSpecifier = [moduleSpecifier, name, parent?.argument?.literal].includes(node);
  return isSpecifier ? factory.createStringLiteral(asPublished(node.text)) : node;
});

/**
 * `new URL("./worker.ts", import.meta.url)` names the module that is published.
 * @type {ts.TransformerFactory<ts.SourceFile>}
 */
export const publishedUrls = transformer((node, factory, file) => {
  if (!ts.isNewExpression(node)) return node;
  const [path, base] = node.arguments ?? [];
  if (base?.getText(file) !== "import.meta.url") return node;
  const published = factory.createStringLiteral(asPublished(path.text));
  return factory.updateNewExpression(node, node.expression, undefined, [published, base]);
});

/**
 * Converts `static { this.name = value; }`, which TypeScript emits for `static name = value`, back to the field. Safari before
 * 16.4 has no static blocks. A bundler that lowers one also converts every private member of the class to a WeakMap.
 * @type {ts.TransformerFactory<ts.SourceFile>}
 */
export const staticFields = transformer((node, factory) => {
  const statements = ts.isClassStaticBlockDeclaration(node) ? node.body.statements : [];
  const { left, right } = statements[0]?.expression ?? {};
  if (statements.length !== 1 || left?.expression?.kind !== ts.SyntaxKind.ThisKeyword) return node;
  const modifiers = [factory.createModifier(ts.SyntaxKind.StaticKeyword)];
  return factory.createPropertyDeclaration(modifiers, left.name, undefined, undefined, right);
});

/**
 * `import(address)` as it is written: the compiler would rewrite the ending of an address that is only known when it runs, which no module
 * has. For the compiler's option `noEmitHelpers`.
 * @type {ts.TransformerFactory<ts.SourceFile>}
 */
export const plainImports = transformer((node) =>
  ts.isCallExpression(node) && node.expression.text === "__rewriteRelativeImportExtension"
    ? node.arguments[0]
    : node,
);

/**
 * Has all modules share one helper of decorators, called once for a class: that is shorter, also compressed. For the compiler's option
 * `noEmitHelpers`, with which it writes a property as `__decorate([decorator], C.prototype, "name", …)`.
 *
 * @param {string} helper address of the module with `__decorate(target, { name: decorator })`.
 * @returns {ts.TransformerFactory<ts.SourceFile>}
 */
export const sharedDecorators = (helper) => (context) => (file) => {
  const { factory } = context;
  const name = factory.createIdentifier("__decorate");
  const calls = file.statements.filter(
    ({ expression }) => expression?.expression?.text === name.text,
  );
  if (calls.length === 0) return file;
  const targetOf = ({ expression }) => expression.arguments[1];
  const propertyOf = ({ expression: call }) => {
    const [{ elements }, , property] = call.arguments;
    if (elements.length !== 1 || !property)
      throw new Error(
        "A decorator of a published module has another form than one for a property.",
      );
    return factory.createPropertyAssignment(property.text, elements[0]);
  };
  // All calls of a class become one, in the place of the first.
  const statements = file.statements.flatMap((statement) => {
    if (!calls.includes(statement)) return [statement];
    const classOf = (call) => targetOf(call).expression?.text;
    const same = calls.filter((call) => classOf(call) === classOf(statement));
    if (statement !== same[0]) return [];
    const object = factory.createObjectLiteralExpression(same.map(propertyOf), true);
    const args = [targetOf(statement), object];
    return [factory.createExpressionStatement(factory.createCallExpression(name, undefined, args))];
  });
  const named = factory.createNamedImports([factory.createImportSpecifier(false, undefined, name)]);
  const clause = factory.createImportClause(undefined, undefined, named);
  const address = factory.createStringLiteral(helper);
  return factory.updateSourceFile(file, [
    factory.createImportDeclaration(undefined, clause, address),
    ...statements,
  ]);
};
