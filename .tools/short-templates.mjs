// Removes the whitespace and comments of `html`, `svg` and `css` templates while the compiler writes a module. No minifier of scripts
// touches the inside of a string, and a transformer of the compiler keeps the source map right.
import ts from "typescript";
import { transformer } from "./published-syntax.mjs";

/** One space stays: it is visible between words, and between two elements in a line. Quotes of a word are needed by nobody. */
const markup = (text) => text.replace(/\s*\n\s*/g, " ").replace(/="([\w-]+)"(?=[\s>])/g, "=$1");

const shorten = {
  html: markup,
  svg: markup,
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

/** The factory's makers of the texts in a template. They make the cooked text of the raw one. */
const makers = {
  [ts.SyntaxKind.NoSubstitutionTemplateLiteral]: "createNoSubstitutionTemplateLiteral",
  [ts.SyntaxKind.TemplateHead]: "createTemplateHead",
  [ts.SyntaxKind.TemplateMiddle]: "createTemplateMiddle",
  [ts.SyntaxKind.TemplateTail]: "createTemplateTail",
};

/** @type {ts.TransformerFactory<ts.SourceFile>} */
export const shortTemplates = (context) =>
  transformer((node, factory) => {
    if (!ts.isTaggedTemplateExpression(node) || !Object.hasOwn(shorten, node.tag.text)) return node;
    const short = (text) =>
      factory[makers[text.kind]](undefined, shorten[node.tag.text](text.rawText));
    // What stands between the texts is not of the template, a text of its own included.
    const shortPart = (part) =>
      ts.isTemplateSpan(part)
        ? factory.updateTemplateSpan(part, part.expression, short(part.literal))
        : short(part);
    const template =
      node.template.kind in makers
        ? short(node.template)
        : ts.visitEachChild(node.template, shortPart, context);
    return factory.updateTaggedTemplateExpression(node, node.tag, node.typeArguments, template);
  })(context);
