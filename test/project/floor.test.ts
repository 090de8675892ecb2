import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Linter } from "eslint";
import { describe, expect, it } from "vitest";
import { bareCss } from "../support/css-rules.ts";

/*
 * What is published, at the level of the oldest engines of `.config/floor.json`. Reads `dist/`, which `npm test` builds first.
 */

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string) => readFileSync(join(root, path), "utf8");
const floor = JSON.parse(read(".config/floor.json")) as Record<string, string>;

/** Syntax of ECMAScript 2022, the level of the parser here, that the floor does not have. */
const newerSyntax = {
  StaticBlock: "static block: Safari 16.4",
  "Literal[regex.pattern=/[(][?]<[=!]/]": "lookbehind: Safari 16.4",
  // Nothing that is missing: `this && this.__decorate`, of which bundlers warn in a module.
  "LogicalExpression > ThisExpression.left": "helper of a compiler",
};

/** Members and globals that came later than one engine of the floor, by the last that got them. */
const newerLibrary: Record<string, string[]> = {
  "Chromium 107 to 119": [
    ...[
      "toSorted",
      "toReversed",
      "toSpliced",
      "isWellFormed",
      "toWellFormed",
      "transferToFixedLength",
    ],
    ...["showPopover", "hidePopover", "togglePopover", "Segmenter", "groupBy", "withResolvers"],
  ],
  "Chromium 120 to 140": [
    ...[
      "canParse",
      "fromAsync",
      "isSubsetOf",
      "isSupersetOf",
      "isDisjointFrom",
      "symmetricDifference",
    ],
    ...[
      "toBase64",
      "fromBase64",
      "setFromBase64",
      "toHex",
      "fromHex",
      "DurationFormat",
      "CloseWatcher",
    ],
    ...["setHTMLUnsafe", "parseHTMLUnsafe", "moveBefore", "Temporal", "escape"],
  ],
  "Safari 16.4 to 18": [
    ...["checkVisibility", "attachInternals", "OffscreenCanvas", "CompressionStream", "scheduler"],
    ...["DecompressionStream", "requestIdleCallback", "startViewTransition", "navigation"],
    ...["MediaStreamTrackProcessor", "MediaStreamTrackGenerator", "cancelIdleCallback"],
  ],
  "Firefox 118 to 130": ["registerProperty", "documentPictureInPicture", "setSinkId"],
};

/** Used behind a question whether it is there. */
const asked: Record<string, RegExp> = {
  setSinkId: /setSinkId(?:\?\.| ?[!=]==? ?(?:undefined|void 0))/,
  showPopover: /["`]showPopover["`] ?in /,
  OffscreenCanvas: /"OffscreenCanvas" in globalThis/,
  MediaStreamTrackProcessor: /if \(MediaStreamTrackProcessor && MediaStreamTrackGenerator\)/,
  MediaStreamTrackGenerator: /if \(MediaStreamTrackProcessor && MediaStreamTrackGenerator\)/,
  Segmenter: /return Segmenter\s*\?/,
  requestIdleCallback: /globalThis\.requestIdleCallback/,
  // Of the noble libraries: their own points and numbers have methods of these names, too.
  toHex: /\.toHex ?===? ?["`]function["`]/,
  fromHex: /\.fromHex ?===? ?["`]function["`]/,
};

interface Found {
  readonly file: string;
  readonly message: string;
}

/** Every script that is published, by its file. */
function* scripts(): Generator<[name: string, text: string, sourceType: "script" | "module"]> {
  for (const entry of readdirSync(join(root, "dist"), { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(join(root, "dist").length + 1);
    if (!entry.isFile() || name.startsWith("storybook")) continue;
    const text = readFileSync(path, "utf8");
    if (name.endsWith(".js")) {
      const isScript = /^(?:sx-call-[\w.-]+|call)\.js$|^(?:simplex|deltachat)\//.test(name);
      yield [name, text, isScript ? "script" : "module"];
    } else if (name.endsWith(".html")) {
      for (const [, script = ""] of text.matchAll(/<script>([\s\S]*?)<\/script>/g))
        yield [name, script, "script"];
    }
  }
}

function problemsOf(text: string, sourceType: "script" | "module"): string[] {
  const members = Object.entries(newerLibrary).map(([since, names]) => {
    const names_ = `/^(?:${names.filter((name) => !(asked[name]?.test(text) ?? false)).join("|")})$/`;
    return {
      selector: `:matches(MemberExpression > Identifier.property, NewExpression > Identifier.callee, CallExpression > Identifier.callee)[name=${names_}]`,
      message: since,
    };
  });
  const syntax = Object.entries(newerSyntax).map(([selector, message]) => ({ selector, message }));
  return new Linter({ configType: "flat" })
    .verify(text, [
      {
        languageOptions: { ecmaVersion: 2022, sourceType },
        linterOptions: { noInlineConfig: true },
        rules: { "no-restricted-syntax": ["error", ...syntax, ...members] },
      },
    ])
    .map(({ message, line, column }) => {
      const code = text.split("\n")[line - 1]?.slice(column - 1, column + 30) ?? "";
      return `${message}: ${code}`;
    });
}

/** Every style sheet that is published, by its file. Those in modules are read from the modules. */
async function sheets(): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(join(root, "src"), { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(join(root, "src/").length);
    if (path.startsWith("pages/") || !path.endsWith(".ts")) continue;
    if (!read(`src/${path}`).includes("= css`")) continue;
    const module = (await import(
      pathToFileURL(join(root, "dist", path.replace(/\.ts$/, ".js"))).href
    )) as Record<string, unknown>;
    const own = Object.values(module).flatMap((value) => [
      value,
      ...[(value as { styles?: unknown } | null)?.styles].flat(),
    ]);
    const texts = own
      .map((value) => (value as { cssText?: unknown } | null | undefined)?.cssText)
      .filter((text) => typeof text === "string");
    expect(texts, path).not.toEqual([]);
    // A list of declarations is part of another sheet.
    found[path] = texts.filter((text) => text.includes("{")).join("\n");
  }
  for (const name of readdirSync(join(root, "dist"), { recursive: true, encoding: "utf8" })) {
    if (name.startsWith("storybook")) continue;
    if (name.endsWith(".css")) found[name] = read(`dist/${name}`);
    if (name.endsWith(".html"))
      found[name] = [...read(`dist/${name}`).matchAll(/<style>([\s\S]*?)<\/style>/g)]
        .map(([, text = ""]) => text)
        .join("\n");
  }
  return found;
}

describe("the oldest engines that are supported", () => {
  it("have something else wherever they cannot read a style", async () => {
    const published = await sheets();
    expect(Object.keys(published).length).toBeGreaterThan(15);
    expect(bareCss(published)).toEqual([]);
  }, 60_000);

  it.each([
    ["a:has(b) { color: red }", ":has()"],
    ["a, b:has(c) { color: red } @supports not selector(:has(*)) { b { color: red } }", ":has()"],
    ["a:has(b) { gap: 0 } @supports not selector(:has(*)) { a { color: red } }", ":has()"],
    ["a:dir(rtl) { transform: none }", ":dir()"],
    ["a:popover-open { inset: auto }", ":popover-open"],
    ["a { color: light-dark(red, blue) }", "light-dark()"],
    [
      "@supports (color: light-dark(red, red)) { a { color: light-dark(red, blue) } }",
      "light-dark()",
    ],
    // Where `var()` is, the value is read once the line before it is gone.
    ["a { color: red; color: color-mix(in srgb, var(--b), red) }", "color-mix()"],
    ["a { --b: red; --b: color-mix(in srgb, red, blue) }", "color-mix()"],
    ["a { inline-size: 20cqi }", "container units"],
    ["a { block-size: 100dvh }", "newer units of the window"],
    ["a { block-size: 60vb }", "newer units of the window"],
  ])("would miss something with %s", (sheet, why) => {
    expect(bareCss({ sheet }).join()).toContain(why);
  });

  it.each([
    "@supports selector(:has(*)) { a:has(b) { color: red } }",
    "a:dir(rtl) { color: red } @supports not selector(:dir(rtl)) { :host-context([dir=rtl]) a { color: red } }",
    "a { color: red } @supports (color: color-mix(in srgb, red, red)) { a { color: color-mix(in srgb, red, blue) } }",
    "a { color: red; color: color-mix(in srgb, red, blue) }",
    "@container (min-width: 1px) { a { inline-size: 20cqi } }",
    "a { block-size: 100vh; block-size: 100dvh }",
  ])("would be well with %s", (sheet) => {
    expect(bareCss({ sheet })).toEqual([]);
  });

  // The scripts are bundles: the code of the pages and modules is in them.
  for (const [kind, least] of [
    ["script beside the modules", 4],
    ["page and module", 100],
  ] as const)
    it(
      `can read every ${kind} that is published, and have what it calls`,
      { tags: "long", timeout: 120_000 },
      () => {
        const found: Found[] = [];
        let count = 0;
        for (const [file, text, sourceType] of scripts()) {
          const isScript = sourceType === "script" && file.endsWith(".js");
          if (isScript !== (kind === "script beside the modules")) continue;
          count += 1;
          found.push(...problemsOf(text, sourceType).map((message) => ({ file, message })));
        }
        expect(count).toBeGreaterThan(least);
        expect(found).toEqual([]);
      },
    );

  it.each([
    ["class A { static { A.b = 1; } }", "Safari 16.4"],
    ["/(?<=a)b/.test(c)", "Safari 16.4"],
    ["[].toSorted()", "Chromium 107"],
    ["new OffscreenCanvas(1, 1)", "Safari 16.4"],
    ["using a = b;", "Parsing error"],
    ["var a = (this && this.__decorate) || b;", "helper of a compiler"],
    ["/[a--b]/v", "Parsing error"],
  ])("would not take %s", (text, why) => {
    expect(problemsOf(text, "module").join()).toContain(why);
  });

  it("are the same ones in the documentation", () => {
    const rows = read("docs/engines.md");
    const versionOf = (name: string) =>
      new RegExp(`^\\| ${name}[^|]*\\| ([\\d.]+) `, "m").exec(rows)?.[1];
    expect({
      chromium: versionOf("Chromium"),
      firefox: versionOf("Firefox"),
      safari: versionOf("Safari"),
    }).toEqual(floor);
  });
});
