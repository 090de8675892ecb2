// Whitespace and comments in `html`, `svg` and `css` templates: no minifier of scripts touches what is within a string.
import { readFile } from "node:fs/promises";
import ts from "typescript";

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

/**
 * @param {string} source of a TypeScript module.
 * @returns {string} the same module with shorter templates.
 */
export function shortLiterals(source) {
  const file = ts.createSourceFile("module.ts", source, ts.ScriptTarget.Latest);
  const cuts = [];
  const visit = (node) => {
    if (ts.isTaggedTemplateExpression(node) && Object.hasOwn(shorten, node.tag.getText(file))) {
      const { template } = node;
      const parts = ts.isNoSubstitutionTemplateLiteral(template)
        ? [template]
        : [template.head, ...template.templateSpans.map(({ literal }) => literal)];
      for (const part of parts) {
        const text = part.getText(file);
        cuts.push({ from: part.getStart(file), to: part.getEnd(), text: shorten[node.tag.getText(file)](text) });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  let short = source;
  for (const { from, to, text } of cuts.toSorted((a, b) => b.from - a.from)) {
    short = short.slice(0, from) + text + short.slice(to);
  }
  return short;
}

/** For esbuild. @type {import("esbuild").Plugin} */
export const shortLiteralsPlugin = {
  name: "short literals",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/]elements[\\/].*\.ts$/ }, async ({ path }) => ({
      contents: shortLiterals(await readFile(path, "utf8")),
      loader: "ts",
    }));
  },
};
