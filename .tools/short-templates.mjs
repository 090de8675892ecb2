// Removes the whitespace and comments of `html`, `svg` and `css` templates while the compiler writes a module. No minifier of scripts
// touches the inside of a string, and a transformer of the compiler keeps the source map right.
import ts from "typescript";

const shorten = {
  // One space stays: it is visible between words, and between two elements in a line.
  html: (text) => text.replace(/\s*\n\s*/g, " "),
  svg: (text) => text.replace(/\s*\n\s*/g, " "),
  css: (text) =>
    text
      .replace(/\/\*[^]*?\*\//g, "")
      .replace(/\s+/g, " ")
      .replace(/ ?([{};,]) ?/g, "$1")
      // In a selector no space follows a colon: this one is of a declaration or a query.
      .replace(/: /g, ":")
      .replace(/;}/g, "}"),
};

/** @type {ts.TransformerFactory<ts.SourceFile>} */
export const shortTemplates = (context) => (file) => {
  const { factory } = context;
  const visit = (node) => {
    if (!ts.isTaggedTemplateExpression(node) || !Object.hasOwn(shorten, node.tag.getText(file)))
      return ts.visitEachChild(node, visit, context);
    const short = (part) => shorten[node.tag.getText(file)](part.rawText);
    return factory.updateTaggedTemplateExpression(
      node,
      node.tag,
      node.typeArguments,
      shortTemplate(node.template, short),
    );
  };
  /** The factory makes the cooked text of the raw one. */
  const shortTemplate = (template, short) =>
    ts.isNoSubstitutionTemplateLiteral(template)
      ? factory.createNoSubstitutionTemplateLiteral(undefined, short(template))
      : factory.createTemplateExpression(
          factory.createTemplateHead(undefined, short(template.head)),
          template.templateSpans.map((span) =>
            factory.updateTemplateSpan(
              span,
              ts.visitNode(span.expression, visit),
              ts.isTemplateTail(span.literal)
                ? factory.createTemplateTail(undefined, short(span.literal))
                : factory.createTemplateMiddle(undefined, short(span.literal)),
            ),
          ),
        );
  return ts.visitNode(file, visit);
};
