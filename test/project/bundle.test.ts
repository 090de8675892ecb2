import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { bundle } from "../../.tools/bundle.mjs";

/*
 * The bundles as they were built: reads `dist/`, which `npm test` builds first.
 */

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string) => readFileSync(join(root, path), "utf8");
const inlineScript = (html: string) => html.slice(html.indexOf("<script>") + "<script>".length);

/** Every classic script that is published, by its file. */
function classicScripts(): Map<string, string> {
  const files = readdirSync(join(root, "dist")).filter((name) =>
    /^(?:sx-call-.*|call)\.js$/.test(name),
  );
  const pages = ["simplex/android/call.html", "simplex/desktop/call.html", "deltachat/index.html"];
  return new Map([
    ...files.map((name) => [name, read(`dist/${name}`)] as const),
    ...pages.map((name) => [name, inlineScript(read(`dist/${name}`))] as const),
  ]);
}

/** Every node of a script. */
function* nodesOf(text: string): Generator<ts.Node> {
  const nodes: ts.Node[] = [ts.createSourceFile("script.js", text, ts.ScriptTarget.Latest)];
  for (let node = nodes.pop(); node; node = nodes.pop()) {
    yield node;
    ts.forEachChild(node, (child) => void nodes.push(child));
  }
}

/** Why an engine of 2021 cannot read a node, or a classic script has no place for it. */
function problemOf(node: ts.Node): string | null {
  if (ts.isClassStaticBlockDeclaration(node)) return "static block: Chrome 94, Safari 16.4";
  if (ts.isRegularExpressionLiteral(node) && /\/[a-z]*[dv][a-z]*$/.test(node.text))
    return "regular expression flag d or v: Safari 15, 17";
  if (ts.isRegularExpressionLiteral(node) && /\(\?<[=!]/.test(node.text))
    return "lookbehind: Safari 16.4";
  if (ts.isMetaProperty(node) && node.name.text === "meta") return "import.meta";
  if (node.kind === ts.SyntaxKind.ImportKeyword) return "import";
  return ts.isExportDeclaration(node) || ts.isExportAssignment(node) ? "export" : null;
}

describe("a classic script of the package", () => {
  it("can be read by the oldest engines, and is no module", () => {
    const scripts = [...classicScripts()];
    expect(scripts.length).toBeGreaterThan(6);
    const problems = scripts.flatMap(([name, text]) =>
      [...nodesOf(text)].flatMap((node) => {
        const problem = problemOf(node);
        return problem === null ? [] : [`${name}: ${problem}`];
      }),
    );
    expect(problems).toEqual([]);
  });

  it("is in strict mode, as the modules are of which it is made", () => {
    const sloppy = [...classicScripts()].filter(([, text]) => !/["'`]use strict["'`]/.test(text));
    expect(sloppy.map(([name]) => name)).toEqual([]);
  });

  it("has no function around a module", () => {
    // The name that rolldown gives to such functions, before and after minifying: they end by letting go of themselves.
    const wrapped = [...classicScripts()].filter(([, text]) => /__esm|\((\w+)=0\)/.test(text));
    expect(wrapped.map(([name]) => name)).toEqual([]);
  });

  it("keeps private members private beside static ones", () => {
    const isTag = (member: ts.ClassElement) =>
      ts.isPropertyDeclaration(member) &&
      member.name.getText() === "tagName" &&
      (member.initializer?.getText() ?? "").includes("sx-call-view");
    const file = ts.createSourceFile(
      "script.js",
      read("dist/sx-call-kit.iife.js"),
      ts.ScriptTarget.Latest,
      true,
    );
    const views: ts.ClassLikeDeclaration[] = [];
    const visit = (node: ts.Node) => {
      if (ts.isClassLike(node) && node.members.some(isTag)) views.push(node);
      ts.forEachChild(node, visit);
    };
    visit(file);
    expect(views).toHaveLength(1);
    const members = views[0]!.members.map((member) => member.name);
    expect(members.some((name) => name !== undefined && ts.isPrivateIdentifier(name))).toBe(true);
  });

  it.each([
    ["pages/stand-ins/script-files.ts", "The fallback for key shares did not load."],
    ["crypto/agreement/key-shares.ts", "The other side's key share is invalid."],
    ["elements/security-code/security-code.ts", "sx-security-code"],
  ])("has a source map that leads to %s, templates and all", (source, text) => {
    const script = read("dist/sx-call-kit.iife.js");
    const map = new SourceMap(
      JSON.parse(read("dist/sx-call-kit.iife.js.map")) as ConstructorParameters<
        typeof SourceMap
      >[0],
    );
    const line = read(`src/${source}`)
      .split("\n")
      .findIndex((each) => each.includes(`"${text}"`));
    const found: unknown[] = [];
    for (let at = script.indexOf(text); at >= 0; at = script.indexOf(text, at + 1)) {
      const before = script.slice(0, at - 1).split("\n");
      found.push(map.findEntry(before.length - 1, before.at(-1)!.length));
    }
    expect(found).toContainEqual(
      expect.objectContaining({
        originalSource: expect.stringContaining(`src/${source}`) as string,
        originalLine: line,
      }),
    );
  });

  it("is not built with a module that it could not load", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sx-bundle-"));
    try {
      writeFileSync(join(folder, "late.js"), "export const late = true;");
      writeFileSync(join(folder, "entry.js"), 'window.load = () => import("./late.js");');
      await expect(bundle("entry.js", { entry: join(folder, "entry.js") })).rejects.toThrow(
        /entry\.js has an import\(\) in a classic script/,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("the modules of the package", () => {
  it("start the worker in the words that bundlers of hosts look for", () => {
    expect(read("dist/crypto/worker/shipped-worker.js")).toMatch(
      /new Worker\(new URL\("\.\/worker\.js", import\.meta\.url\), \{ type: "module", name: "[\w -]+" \}\)/,
    );
  });
});
