import ts from "typescript";
import { describe, expect, it } from "vitest";
import { decorateText } from "../../.tools/compile.mjs";
import {
  plainImports,
  publishedImports,
  publishedUrls,
  sharedDecorators,
  staticFields,
} from "../../.tools/published-syntax.mjs";
import { shortTemplates } from "../../.tools/short-templates.mjs";

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  useDefineForClassFields: false,
};

const written = (text: string, transformers: ts.CustomTransformers) =>
  ts.transpileModule(text, { compilerOptions: options, transformers }).outputText;

describe("a template in a published module", () => {
  const short = (text: string) =>
    written(`export default ${text}`, { before: [shortTemplates] })
      .replace("export default ", "")
      .trim();

  it("keeps one space where a line of markup ends", () => {
    expect(short("html`<p>\n    two\n    words ${html`<b>\n  x</b>`}\n  </p>`;")).toBe(
      "html `<p> two words ${html `<b> x</b>`} </p>`;",
    );
  });

  it("has styles without comments and space, and selectors as they were", () => {
    expect(short("css`\n  /* why */\n  a :hover, b {\n    color: ${red};\n  }\n`;")).toBe(
      "css ` a :hover,b{color:${red}}`;",
    );
  });

  it("has attributes of one word without quotes, where that ends before a space or the tag", () => {
    expect(
      short('html`<p class="a-b" title="two words" id="x">${html`<br class="y"/>`}</p>`;'),
    ).toBe('html `<p class=a-b title="two words" id=x>${html `<br class="y"/>`}</p>`;');
  });

  it("has fractions without their zero, and numbers as they are", () => {
    expect(short("css`a > b { margin: 0.5rem 10.5px 0 calc(1 - 0.25 * 20.05px) }`;")).toBe(
      "css `a>b{margin:.5rem 10.5px 0 calc(1 - .25 * 20.05px)}`;",
    );
  });

  it("leaves other strings alone", () => {
    const text = "other `a\n  b`;";
    expect(short(text)).toBe(text);
    expect(short("html`<b>\n  ${`two\n  lines`}</b>`;")).toBe("html `<b> ${`two\n  lines`}</b>`;");
  });

  it("keeps what is escaped", () => {
    expect(short("css`a::before {\n content: '\\\\2014';\n}`;")).toBe(
      "css `a::before{content:'\\\\2014'}`;",
    );
  });
});

describe("decorators in a published module", () => {
  const text = `const notes = [];
      const seven = ({ note }) => (target, name, own) => {
        notes.push(note);
        return name === "f" ? undefined : { get: () => 7, enumerable: own?.enumerable ?? true };
      };
      class C {
        @seven({ note: "d" }) d;
        @seven({
          note: "e",
        }) get e() { return 1; }
        @seven({ note: "f" }) f;
      }
      class D {
        @seven({ note: "g" }) g;
      }
      const c = new C();
      export default [c.d, c.e, c.f, new D().g, notes];`;
  const compiled = (source: string, isShared: boolean) =>
    ts.transpileModule(source, {
      compilerOptions: { ...options, experimentalDecorators: true, noEmitHelpers: isShared },
      transformers: { after: isShared ? [sharedDecorators("../decorate.js")] : [] },
    }).outputText;

  it("have one helper for all modules, called once for a class", () => {
    const shared = compiled(text, true);
    expect(shared).toMatch(/^import \{ __decorate \} from "\.\.\/decorate\.js";$/m);
    expect(shared).not.toContain("getOwnPropertyDescriptor");
    expect(shared.match(/__decorate\(\w/g)).toEqual(["__decorate(C", "__decorate(D"]);
    expect(compiled("export {};", true).trim()).toBe("export {};");
  });

  it("do what the compiler's helper does", async () => {
    const run = async (module: string) => {
      const address = `data:text/javascript,${encodeURIComponent(module)}`;
      return ((await import(/* @vite-ignore */ address)) as { default: unknown }).default;
    };
    const own = decorateText.replace("export ", "");
    const [compilers, ours] = await Promise.all([
      run(compiled(text, false)),
      run(compiled(text, true).replace(/^import .*$/m, own)),
    ]);
    expect(ours).toEqual(compilers);
    expect(ours).toEqual([7, 7, undefined, 7, ["d", "e", "f", "g"]]);
  });

  it("are refused in another form", () => {
    const two = "const a = () => {}; class C { @a @a d; }";
    expect(() => compiled(two, true)).toThrow("another form");
  });
});

describe("the syntax of a published module", () => {
  it("imports by an address that is known when it runs, without a helper of the compiler", () => {
    const { outputText } = ts.transpileModule(
      "export const load = (address) => import(/* @vite-ignore */ address);",
      {
        compilerOptions: { ...options, rewriteRelativeImportExtensions: true, noEmitHelpers: true },
        transformers: { after: [plainImports] },
      },
    );
    expect(outputText).toMatch(/=> import\((?:\/\*.*\*\/ ?)?address\);/);
    expect(outputText).not.toContain("__");
  });

  it("has static fields where the compiler writes static blocks, with the same values", () => {
    const text = written(
      "export class A { static one = 1; static two = [A.one, this.one]; #own = 3; }",
      {
        after: [staticFields],
      },
    );
    expect(text).toMatch(/static one = 1;\s+static two = \[A\.one, this\.one\];/);
    expect(text).toContain("#own = 3;");
    expect(text).not.toMatch(/static\s*\{/);
  });

  it("leaves a static block alone that does more", () => {
    const text = written(
      "export class A { static { register(A); } static { this.a = 1; this.b = 2; } }",
      {
        after: [staticFields],
      },
    );
    expect(text.match(/static\s*\{/g)).toHaveLength(2);
  });

  it("names a worker as it is published, and no other address", () => {
    const text = written(
      'new URL("./worker.ts", import.meta.url); new URL("./a.ts", base); new URL("./b.ts"); export {};',
      { before: [publishedUrls] },
    );
    expect(text.split("\n").slice(0, 3)).toEqual([
      'new URL("./worker.js", import.meta.url);',
      'new URL("./a.ts", base);',
      'new URL("./b.ts");',
    ]);
  });
});

describe("a published declaration", () => {
  it("names modules as they are published, in every form of an import", () => {
    const text = [
      'import type { A } from "./a.ts";',
      'export * from "../b.ts";',
      'import "./c.styles.ts";',
      'export type D = import("./d.ts").D<"./text.ts">;',
      'declare module "./e.ts" { }',
      'import { html } from "lit";',
      "declare global { }",
      'export type F = readonly [A, "g.ts"];',
    ].join("\n");
    const file = ts.createSourceFile("x.d.ts", text, ts.ScriptTarget.Latest, true);
    const { transformed } = ts.transform(file, [publishedImports]);
    const printed = ts.createPrinter().printFile(transformed[0]!);
    expect(printed.trim().split("\n")).toEqual([
      'import type { A } from "./a.js";',
      'export * from "../b.js";',
      'import "./c.styles.js";',
      'export type D = import("./d.js").D<"./text.ts">;',
      'declare module "./e.js" { }',
      'import { html } from "lit";',
      "declare global { }",
      'export type F = readonly [A, "g.ts"];',
    ]);
  });
});
