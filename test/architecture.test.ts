import { existsSync, readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { circlesOf } from "./project/import-circles.ts";
import { importsOf, violations, type ModuleRule } from "./project/import-rules.ts";
import { namesIn } from "./project/named-functions.ts";

const root = fileURLToPath(new URL("..", import.meta.url))
  .replaceAll("\\", "/")
  .replace(/\/$/, "");

const belowDefine = [
  "errors",
  "host-values",
  "signalling",
  "call",
  "crypto",
  "media",
  "controller",
  "events",
  "elements",
  "hosts",
];

/** A foreign protocol with rules of its own on the rules and resources of a call: docs/decisions/0009. */
const foreignProtocol = {
  modules: ["controller", "signalling", "call", "media (types)", "errors", "crypto", "host-values"],
  packages: ["valibot"],
};

/** The table of the architecture. A row inside a row (`hosts/simplex`) stands for itself alone. */
const rules: Record<string, ModuleRule> = {
  errors: { modules: [] },
  // Validation of host values, shared by all of the kit's inputs.
  "host-values": { modules: [] },
  signalling: { modules: ["errors"], packages: ["valibot"] },
  call: { modules: ["signalling (types)", "errors"] },
  crypto: { modules: ["errors"] },
  // Bundled into its own chunk, so that the package does not depend on them.
  "crypto/agreement/key-shares-fallback": {
    modules: ["errors"],
    packages: ["@noble/curves", "@noble/post-quantum"],
  },
  media: { modules: ["call (types)", "errors"] },
  controller: { modules: ["call", "media", "crypto", "signalling", "errors", "host-values"] },
  events: { modules: ["call (types)", "signalling (types)"] },
  // Only the call view makes a controller; every other element reads what it gets.
  elements: {
    modules: ["controller (types)", "events", "call (types)", "host-values"],
    packages: ["lit", "@shoelace-style/localize"],
  },
  "elements/call-view": {
    modules: ["controller", "events", "call (types)", "host-values"],
    packages: ["lit", "@shoelace-style/localize"],
  },
  // Performs the check itself: there is no call to read it from.
  "elements/connection-check": {
    modules: ["controller", "events", "call (types)", "host-values"],
    packages: ["lit", "@shoelace-style/localize"],
  },
  hosts: {
    modules: [
      "events",
      "controller (types)",
      "signalling",
      "call (types)",
      "errors",
      "host-values",
    ],
    packages: ["valibot"],
  },
  // Parts of the kit for every foreign protocol: docs/hosts/new-protocol.md.
  "hosts/foreign": {
    modules: [
      "controller",
      "signalling (types)",
      "call",
      "crypto (types)",
      "errors",
      "host-values",
    ],
  },
  "hosts/deltachat": foreignProtocol,
  "hosts/simplex": foreignProtocol,
  // Whole pages for hosts that load one: entries of bundles, like `define`.
  pages: { modules: [...belowDefine, "define", "index"], packages: ["lit"] },
  define: { modules: belowDefine },
  // A separate entry; the wrapper of React components is bundled.
  react: {
    modules: ["elements", "define", "index (types)"],
    packages: ["@lit/react", "lit", "react"],
  },
  // For tests and designs. A separate entry, which apps do not reach.
  simulator: {
    modules: ["controller", "call", "media", "crypto", "signalling", "errors", "host-values"],
  },
  // Optional processing, an entry each, on a library that the host serves.
  effects: { modules: ["media (types)"], packages: ["@sapphi-red/web-noise-suppressor"] },
  // Its library is a file of the host's.
  "effects/background-worker": { modules: [], anyAddress: true },
  index: { modules: belowDefine },
};

const topLevel = [
  ...["package.json", "package-lock.json", "tsconfig.json", "web-dev-server.config.mjs"],
  ...["src", "stories", "test", "demo", "bench", "docs", "examples"],
  ...["README.md", "SECURITY.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"],
];
/** Made by npm and by the build, never committed. */
const generatedFolders = ["node_modules", "dist", "coverage"];

const longestFile = 450;
const mayBeLonger = [
  // Tables, not logic: icons and strings.
  /^elements\/shared\/icons\.ts$/,
  /\/locales\//,
  // The public face of the largest element: two thirds are the documentation of its tag, properties and methods.
  /^elements\/call-view\/call-view\.ts$/,
  // All calls of a screen. The file gives the reason.
  /^controller\/call-center\.ts$/,
];

/** Folders of `test/` that mirror nothing in `src/`. */
const unmirrored = /^(?:support|attacks|engines|calls|interop|project|demo|visual|outside)\//;

const sources = filesIn("src");

/** Of each source. Several rules read them, and to parse them all takes seconds. */
const importsIn = new Map(sources.map((file) => [file, importsOf(file, read(`src/${file}`))]));

function filesIn(folder: string): string[] {
  if (!existsSync(`${root}/${folder}`)) return [];
  return readdirSync(`${root}/${folder}`, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".ts"))
    .sort();
}

function read(path: string): string {
  return readFileSync(`${root}/${path}`, "utf8");
}

describe("the architecture", () => {
  it("is imported one way only, by its table", () => {
    expect(sources.length).toBeGreaterThan(0);
    expect([...importsIn].flatMap(([file, imports]) => violations(file, imports, rules))).toEqual(
      [],
    );
  });

  it("has no element that imports another one, nor shared code or strings that import one", () => {
    // A type that is part of a property of both: the view hands it on to the menu.
    const handedOn = ["elements/device-menu/device-menu.ts"];
    // The chunk of a running call registers the elements inside the view.
    const registering = "elements/call-view/in-call/in-call-chunk.ts";
    const folderOf = (path: string) => /^elements\/([a-z-]+)\//.exec(path)?.[1];
    const below = ["shared", "words"];
    const foreign = sources.filter(folderOf).flatMap((file) =>
      (importsIn.get(file) ?? []).flatMap(({ specifier, typeOnly, line }) => {
        if (!specifier?.startsWith(".")) return [];
        const target = posix.join(posix.dirname(file), specifier);
        const folder = folderOf(target);
        const isAllowed =
          folder === undefined ||
          folder === folderOf(file) ||
          below.includes(folder) ||
          file === registering ||
          (typeOnly && handedOn.includes(target) && folderOf(file) === "call-view");
        return isAllowed ? [] : [`${file}:${String(line)}: ${target}`];
      }),
    );
    expect(foreign).toEqual([]);
  });

  it("has every file in one line of docs/architecture.md, and no other", () => {
    const listed = [
      ...read("docs/architecture.md").matchAll(/^- \[`.*`\]\(\.\.\/src\/(.*)\): ./gm),
    ];
    // One file each, named after it: languages.
    const languages = "elements/words/locales/";
    const files = sources.filter((file) => !file.startsWith(languages));
    expect(files.length).toBeGreaterThan(0);
    expect(listed.map(([, path]) => path).sort()).toEqual(files.sort());
  });

  it("has no circle of imports, types included", () => {
    const graph = new Map(sources.map((file) => [file, neighboursOf(file)]));
    const found = circlesOf(graph);
    expect(found).toEqual([]);
  });

  it("names in the walks of its guide only functions that are there", () => {
    const guide = read("docs/architecture.md");
    const steps = [...guide.matchAll(/\[`([^`]+)(?<!\.ts)`\]\(\.\.\/(src\/[^)]+\.ts)\)/g)];
    expect(steps.length).toBeGreaterThan(30);
    const missing = steps.filter(
      ([, name = "", file = ""]) =>
        !existsSync(`${root}/${file}`) || !namesIn(read(file)).has(name),
    );
    expect(missing.map(([step]) => step)).toEqual([]);
  });

  it("names where a new thing goes by files that are there: at most twelve for a button, four for a host option", () => {
    const rows = [...read("docs/architecture.md").matchAll(/^\| ([a-z ]+?) +\| (.*) \|$/gm)];
    const filesFor = (thing: string) => {
      const [, , text = ""] = rows.find(([, name]) => name === thing) ?? [];
      return [...text.matchAll(/`([\w/-]+\.ts)`/g)].map(([, path = ""]) => path);
    };
    const [button, option] = [filesFor("button"), filesFor("host option of a call")];
    const named = [
      ...[...button, ...option],
      ...["state of a call", "fact about a call", "effect", "codec"].flatMap(filesFor),
    ];
    expect(
      named.filter((path) => !sources.some((file) => `/${file}`.endsWith(`/${path}`))),
    ).toEqual([]);
    // `intents.ts` instead of `running-intents.ts`.
    expect(button).toHaveLength(12 + 1);
    expect(option).toHaveLength(4);
  });

  it("has the four parts in every decision", () => {
    const decisions = readdirSync(`${root}/docs/decisions`).filter((name) => /^\d/.test(name));
    const parts = decisions.map((name) => [
      name,
      ...read(`docs/decisions/${name}`).matchAll(/^(?:## |\*\*)([A-Z][a-z]+)(?:\.\*\*|$)/gm),
    ]);
    expect(parts.map(([name, ...found]) => [name, ...found.map((each) => each[1])])).toEqual(
      decisions.map((name) => [name, "Context", "Decision", "Alternatives", "Consequences"]),
    );
  });

  it("lets the demo use the public package only", () => {
    const publicName = /^sx-call-kit(?:\/(?:define|worker|locales\/[\w-]+))?$|^uqr$/;
    const foreign = filesIn("demo").flatMap((file) =>
      importsOf(file, read(`demo/${file}`))
        .filter(
          ({ specifier }) =>
            !specifier || !(publicName.test(specifier) || /^\.\/(?!.*\.\.)/.test(specifier)),
        )
        .map(({ specifier, line }) => `demo/${file}:${String(line)}: ${String(specifier)}`),
    );
    expect(foreign).toEqual([]);
  });

  it("has nothing at the top level beyond its list", () => {
    const expected = [...topLevel, ...generatedFolders];
    expect(
      readdirSync(root).filter((name) => !name.startsWith(".") && !expected.includes(name)),
    ).toEqual([]);
  });

  it(`has no file under src/ over ${String(longestFile)} lines`, () => {
    const long = sources
      .filter((file) => !mayBeLonger.some((pattern) => pattern.test(file)))
      .map((file) => ({ file, lines: lineCount(read(`src/${file}`)) }))
      .filter(({ lines }) => lines > longestFile);
    expect(long).toEqual([]);
  });

  it("has a source file for every test, path for path", () => {
    const tests = filesIn("test").filter(
      (file) => file.endsWith(".test.ts") && !unmirrored.test(file),
    );
    expect(
      tests.filter((file) => !mirrored(file, sources) && file !== "architecture.test.ts"),
    ).toEqual([]);
  });

  it("has an index of re-exports, without logic", () => {
    const statements = ts.createSourceFile(
      "index.ts",
      read("src/index.ts"),
      ts.ScriptTarget.ESNext,
    ).statements;
    expect(
      statements.filter(
        (statement) => !ts.isExportDeclaration(statement) || !statement.moduleSpecifier,
      ),
    ).toEqual([]);
  });

  it.each(["signalling", "call"])("compiles %s without DOM and without Node", (module) => {
    const foreign = ["document", "setTimeout", "RTCPeerConnection", "crypto", "process", "console"];
    const uses = foreign.map((name, at) => `export const use${String(at)}: unknown = ${name};`);
    // One program for all: each would read the language's own types again.
    const found = compile(
      module,
      ["export const n: number = [1, 2].at(0) ?? 0;", ...uses].join("\n"),
    );
    expect(found.map((text) => /'(\w+)'/.exec(text)?.[1])).toEqual(foreign);
  });
});

/** Imports of a file that lie in `src/` as well. */
function neighboursOf(file: string): string[] {
  return (importsIn.get(file) ?? []).flatMap(({ specifier }) =>
    specifier?.startsWith(".") === true ? [posix.join(posix.dirname(file), specifier)] : [],
  );
}

function lineCount(text: string): number {
  return text.trimEnd().split("\n").length;
}

/** `a/b.test.ts` belongs to `a/b.ts`; so do `a/b.races.test.ts`, since races have a file of their own, and its `.long` form. */
function mirrored(test: string, files: readonly string[]): boolean {
  const plain = test.replace(/(?:\.browser)?(?:\.long)?\.test\.ts$/, "");
  return [plain, plain.replace(/\.[a-z-]+$/, "")].some((path) => files.includes(`${path}.ts`));
}

/**
 * Compiles a text as if it were a file of the module, by the project of the pure modules. Every file of the module is part of
 * that project.
 */
function compile(module: string, text: string): string[] {
  const folder = `${root}/src/${module}`;
  const { config } = ts.readConfigFile(`${root}/.config/tsconfig.pure.json`, ts.sys.readFile) as {
    config: unknown;
  };
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, `${root}/.config`);
  expect(fileNames).toEqual(
    expect.arrayContaining(filesIn(`src/${module}`).map((name) => `${folder}/${name}`)),
  );
  const host = ts.createCompilerHost(options);
  const file = `${folder}/synthetic.ts`;
  const readSource = host.getSourceFile.bind(host);
  host.getSourceFile = (name, target) =>
    name === file ? ts.createSourceFile(name, text, target) : readSource(name, target);
  const program = ts.createProgram([file], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map((found) => ts.flattenDiagnosticMessageText(found.messageText, "\n"));
}

describe("the check of the architecture", () => {
  const check = (file: string, text: string) => violations(file, importsOf(file, text), rules);

  it("accepts what the table allows", () => {
    expect(
      check(
        "call/a.ts",
        'import type { A } from "../signalling/messages.ts"; import { B } from "../errors.ts";',
      ),
    ).toEqual([]);
    expect(
      check("elements/call-view/a.ts", 'import { C } from "../../controller/call-center.ts";'),
    ).toEqual([]);
    expect(
      check(
        "hosts/simplex/a.ts",
        'import { s } from "../../crypto/bytes.ts"; import * as v from "valibot";',
      ),
    ).toEqual([]);
    expect(
      check("elements/shared/a.ts", 'import { html } from "lit/static-html.js"; import "./b.ts";'),
    ).toEqual([]);
    expect(
      check(
        "crypto/a.ts",
        'new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });',
      ),
    ).toEqual([]);
  });

  it.each([
    [
      "a module that is not in the row",
      "media/a.ts",
      'import { s } from "../crypto/seal.ts";',
      "media may not import crypto",
    ],
    [
      "the way back",
      "errors.ts",
      'import type { S } from "./call/snapshot.ts";',
      "errors may not import call",
    ],
    [
      "a re-export",
      "crypto/a.ts",
      'export * from "../call/record.ts";',
      "crypto may not import call",
    ],
    [
      "a dynamic import",
      "crypto/a.ts",
      'await import("../media/capture.ts");',
      "crypto may not import media",
    ],
    [
      "an import without names",
      "events/a.ts",
      'import "../elements/x.ts";',
      "events may not import elements",
    ],
    [
      "a type by import()",
      "crypto/a.ts",
      'let x: import("../call/record.ts").R;',
      "crypto may not import call",
    ],
    [
      "a type by import = require",
      "crypto/a.ts",
      'import x = require("../call/record.ts");',
      "crypto may not import call",
    ],
    [
      "a worker of another module",
      "media/a.ts",
      'new URL("../crypto/worker.ts", import.meta.url);',
      "media may not import crypto",
    ],
    [
      "a reference",
      "crypto/a.ts",
      '/// <reference path="../call/record.ts" />',
      "crypto may not import call",
    ],
    [
      "a value of a types row",
      "call/a.ts",
      'import { m } from "../signalling/messages.ts";',
      "only types of signalling",
    ],
    [
      "an inline type",
      "call/a.ts",
      'import { type M } from "../signalling/messages.ts";',
      "only types of signalling",
    ],
    [
      "a controller in another element",
      "elements/x/a.ts",
      'import { C } from "../../controller/c.ts";',
      "only types of controller",
    ],
    [
      "the lock in another host",
      "hosts/window.ts",
      'import { s } from "../crypto/seal.ts";',
      "hosts may not import crypto",
    ],
    [
      "a package in the wrong module",
      "crypto/a.ts",
      'import * as v from "valibot";',
      "may not import the package valibot",
    ],
    [
      "a part of a package",
      "controller/a.ts",
      'import { x } from "lit/html.js";',
      "may not import the package lit",
    ],
    [
      "a package that is not ours",
      "elements/a.ts",
      'import x from "@foo/bar/baz";',
      "the package @foo/bar",
    ],
    ["Node", "hosts/a.ts", 'import { readFile } from "node:fs";', "the package node:fs"],
    ["a path out of src/", "call/a.ts", 'import x from "../../test/support/x.ts";', "leaves src/"],
    ["a computed import", "call/a.ts", "await import(name);", "must be a plain string"],
    ["a new module", "utils/a.ts", "", "not a module"],
  ])("finds %s", (_, file, text, sentence) => {
    const found = check(file, text);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(sentence);
  });

  it("says where", () => {
    expect(check("media/a.ts", '\n\nimport "../crypto/seal.ts";')).toEqual([
      "media/a.ts:3: media may not import crypto",
    ]);
  });

  it("finds a cycle, and nothing without one", () => {
    const graph = (edges: Record<string, string[]>) => new Map(Object.entries(edges));
    expect(circlesOf(graph({ a: ["b", "c"], b: ["c"], c: [] }))).toEqual([]);
    expect(circlesOf(graph({ a: ["b"], b: ["c"], c: ["a"], d: ["a"] }))).toEqual([["a", "b", "c"]]);
    expect(circlesOf(graph({ a: ["a"] }))).toEqual([["a"]]);
  });

  it("finds the functions, methods and constants of a file, and no others", () => {
    const names = namesIn(
      "export function one() {} const two = 1; class Three { four() {} #five = 2; } // six",
    );
    expect([...names]).toEqual(["one", "two", "Three", "Three.four", "Three.#five"]);
  });

  it("finds a test without a source", () => {
    expect(mirrored("call/record.test.ts", ["call/record.ts"])).toBe(true);
    expect(mirrored("call/record.races.test.ts", ["call/record.ts"])).toBe(true);
    expect(mirrored("call/record.races.long.test.ts", ["call/record.ts"])).toBe(true);
    expect(mirrored("call/record.races.browser.test.ts", ["call/record.ts"])).toBe(true);
    expect(mirrored("call/records.test.ts", ["call/record.ts"])).toBe(false);
  });
});
