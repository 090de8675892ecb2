import { createRequire } from "node:module";
import { Language, Parser } from "web-tree-sitter";
import type { Node } from "web-tree-sitter";
import { placeOf } from "./samples.ts";
import type { Sample } from "./samples.ts";

/**
 * The languages of apps. Whether a compiler could read them is known everywhere; those of C++, Python, Kotlin and Rust are run where
 * there is one (`hosts-qt.long.test.ts`, `samples-native.long.test.ts`).
 */
export const native = ["cpp", "dart", "kotlin", "python", "rust", "swift"];

const { resolve } = createRequire(import.meta.url);
/** The parsers, one made after the other: side by side they take the memory away from under each other. */
const parsers = new Map<string, Parser>();
let last = Parser.init();

async function parserOf(language: string): Promise<Parser> {
  last = last.then(async () => {
    if (parsers.has(language)) return;
    const grammar = await Language.load(
      resolve(`tree-sitter-wasms/out/tree-sitter-${language}.wasm`),
    );
    parsers.set(language, new Parser().setLanguage(grammar));
  });
  await last;
  return parsers.get(language)!;
}

/** Returns syntax errors in a sample of an app's code. In a fragment, `…` in its prelude stands for the sample. */
export async function syntaxProblems(sample: Sample): Promise<string[]> {
  const { language, code, prelude } = sample;
  const parser = await parserOf(language);
  const [before = "", after = ""] = prelude.trim().split("…");
  const above = before.split("\n").length - 1;
  const plain = language === "cpp" ? withoutQtWords(code) : code;
  const tree = parser.parse(`${before}${plain}${after}`);
  if (tree === null) throw new Error("The parser was not given its language.");
  return [...faultsOf(tree.rootNode)].map(
    ({ startPosition: { row }, text }) =>
      `${placeOf(sample, row - above)}: this is no ${language}: ${text.slice(0, 40)}`,
  );
}

/** Qt's own words are macros, which its own compiler reads first: to a parser of C++ they are no C++. */
const withoutQtWords = (code: string): string =>
  code
    .replace(/^(\s*)signals:$/gm, "$1public:")
    .replace(/\bQ_OBJECT\b/g, "")
    .replace(/\b(?:emit|Q_INVOKABLE) /g, "");

function* faultsOf(node: Node): Generator<Node> {
  if (node.isError || node.isMissing) yield node;
  else if (node.hasError)
    for (const child of node.children) if (child !== null) yield* faultsOf(child);
}
