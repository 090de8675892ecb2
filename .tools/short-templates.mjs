// Removes the whitespace and comments of `html`, `svg` and `css` templates while the compiler writes a module. No minifier of scripts
// touches the inside of a string, and a transformer of the compiler keeps the source map right.
import ts from "typescript";

/** One space stays: it is visible between words, and between two elements in a line. Quotes of a word are needed by nobody. */
const markup = (text) => text.replace(/\s*\n\s*/g, " ").replace(/="([\w-]+)"(?=[\s>])/g, "=$1");

const shorten = {
  html: markup,
  // Space is not drawn. Two lines are one path: only one that begins at a place of its own, by a capital letter, can follow.
  svg: (text) =>
    markup(text)
      .replace(/(?<=") (?=\/>)|(?<=\/>) /g, "")
      .replace(/(?<=<path d="[^"]*)"\/><path d="M/g, "M"),
  css: (text) =>
    text
      .replace(/\/\*[^]*?\*\//g, "")
      .replace(/\s+/g, " ")
      .replace(/ ?([{};,]) ?/g, "$1")
      // In a selector no space follows a colon: this one is of a declaration or a query.
      .replace(/: /g, ":")
      .replace(/;}/g, "}")
      .replace(/ > /g, ">")
      // The zero of a fraction.
      .replace(/(?<![\w.])0(?=\.\d)/g, ""),
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
