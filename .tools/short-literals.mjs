// Whitespace and comments in `html`, `svg` and `css` templates: no minifier of scripts touches what is within a string.
import ts from "typescript";
import { edited } from "./edits.mjs";

const shorten = {
  /** One space stays: between words of a text, or between two elements in a line, it is seen. */
  html: (text) => text.replace(/\s*\n\s*/g, " "),
  svg: (text) => text.replace(/\s*\n\s*/g, " "),
  css: (text) =>
    text
      .replace(/\/\*[^]*?\*\//g, "")
      .replace(/\s+/g, " ")
      .replace(/ ?([{};,]) ?/g, "$1")
      // A colon with a space behind it stands in a declaration or a query, never in a selector.
      .replace(/: /g, ":")
      .replace(/;}/g, "}"),
};

const shortenerOf = (node) =>
  ts.isIdentifier(node.tag) && Object.hasOwn(shorten, node.tag.text)
    ? shorten[node.tag.text]
    : null;

/** What stands between the marks around a part of a template, as it is written. */
function within(part, file) {
  const text = part.getText(file);
  return text.slice(1, ts.isTemplateHead(part) || ts.isTemplateMiddle(part) ? -2 : -1);
}

const partsOf = (template) =>
  ts.isNoSubstitutionTemplateLiteral(template)
    ? [template]
    : [template.head, ...template.templateSpans.map(({ literal }) => literal)];

/**
 * @param {string} source of a TypeScript module.
 * @returns {string} the same module with shorter templates.
 */
export function shortLiterals(source) {
  if (!/\b(?:html|svg|css)`/.test(source)) return source;
  const file = ts.createSourceFile("module.ts", source, ts.ScriptTarget.Latest);
  const cuts = [];
  const visit = (node) => {
    const shortened = ts.isTaggedTemplateExpression(node) && shortenerOf(node);
    for (const part of shortened ? partsOf(node.template) : []) {
      const text = within(part, file);
      const from = part.getStart(file) + 1;
      cuts.push({ from, to: from + text.length, text: shortened(text) });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return edited(source, cuts);
}

/**
 * The same while TypeScript writes a module, so that its source map stays right.
 * @type {import("typescript").TransformerFactory<import("typescript").SourceFile>}
 */
export const shortTemplates = (context) => (file) => {
  const { factory } = context;
  const visit = (node) => {
    const shortened = ts.isTaggedTemplateExpression(node) && shortenerOf(node);
    if (!shortened) return ts.visitEachChild(node, visit, context);
    const raw = (part) => shortened(within(part, file));
    const { template } = node;
    const shorter = ts.isNoSubstitutionTemplateLiteral(template)
      ? factory.createNoSubstitutionTemplateLiteral(undefined, raw(template))
      : factory.createTemplateExpression(
          factory.createTemplateHead(undefined, raw(template.head)),
          template.templateSpans.map((span) => {
            const { literal } = span;
            const text = raw(literal);
            const end = ts.isTemplateTail(literal)
              ? factory.createTemplateTail(undefined, text)
              : factory.createTemplateMiddle(undefined, text);
            return factory.updateTemplateSpan(span, ts.visitNode(span.expression, visit), end);
          }),
        );
    return factory.updateTaggedTemplateExpression(node, node.tag, node.typeArguments, shorter);
  };
  return ts.visitNode(file, visit);
};
