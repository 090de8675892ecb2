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

/** The parts of `__decorate([decorator], C.prototype, "name", …)`, as the compiler writes a decorated property; `null` for another statement. */
function decorationOf(statement) {
  const call = ts.isExpressionStatement(statement) && statement.expression;
  if (!call || !ts.isCallExpression(call) || call.expression.text !== "__decorate") return null;
  const [{ elements }, target, name] = call.arguments;
  if (elements?.length !== 1 || !ts.isPropertyAccessExpression(target) || !ts.isStringLiteral(name))
    throw new Error("A decorator of a published module has another form than one for a property.");
  return { target, name: name.text, decorator: elements[0] };
}

/**
 * Has all modules share one helper of decorators, called once for a class: that is shorter, also compressed. For the compiler's option
 * `noEmitHelpers`.
 *
 * @param {string} helper address of the module with `__decorate(target, { name: decorator })`.
 * @returns {ts.TransformerFactory<ts.SourceFile>}
 */
export const sharedDecorators = (helper) => (context) => (file) => {
  const { factory } = context;
  const statements = [];
  let last = null;
  for (const statement of file.statements) {
    const found = decorationOf(statement);
    if (found === null) statements.push(statement);
    else if (last?.target.expression.text === found.target.expression.text) last.all.push(found);
    else statements.push({ target: found.target, all: [found] });
    last = found && statements.at(-1);
  }
  const isGroup = (statement) => "all" in statement;
  if (!statements.some(isGroup)) return file;
  const name = factory.createIdentifier("__decorate");
  const callOf = ({ target, all }) => {
    const properties = all.map(({ name: property, decorator }) =>
      factory.createPropertyAssignment(property, decorator),
    );
    const object = factory.createObjectLiteralExpression(properties, true);
    const call = factory.createCallExpression(name, undefined, [target, object]);
    return factory.createExpressionStatement(call);
  };
  const binding = factory.createImportSpecifier(false, undefined, name);
  const clause = factory.createImportClause(
    undefined,
    undefined,
    factory.createNamedImports([binding]),
  );
  const address = factory.createStringLiteral(helper);
  return factory.updateSourceFile(file, [
    factory.createImportDeclaration(undefined, clause, address),
    ...statements.map((statement) => (isGroup(statement) ? callOf(statement) : statement)),
  ]);
};
