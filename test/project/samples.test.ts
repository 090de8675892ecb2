import { beforeAll, describe, expect, it } from "vitest";
import { readManifest } from "../../.tools/manifest.mjs";
import { handedOn, tokenNames } from "../../.tools/make-reference.mjs";
import { markupProblems, nameProblems, proseProblems } from "../support/samples-markup.ts";
import type { ManifestElement, Vocabulary } from "../support/samples-markup.ts";
import { native, syntaxProblems } from "../support/samples-native.ts";
import { typeProblems } from "../support/samples-types.ts";
import {
  commandProblems,
  languageProblems,
  linkProblems,
  lostPages,
  readPages,
  samplesOf,
  scriptsOf,
} from "../support/samples.ts";
import type { Sample } from "../support/samples.ts";

const pages = readPages();
const samples = pages.flatMap(samplesOf);
const html = samples.filter(({ language }) => language === "html");
const coded = samples.filter(({ language }) =>
  ["ts", "tsx", "js", "html", "css", "vue", "svelte"].includes(language),
);
/** Names that begin like a tag: the data channel of a call. */
const otherNames = ["sx-call-kit", "sx-control"];

const sample = (language: string, code: string, prelude = ""): Sample => ({
  ...{ file: "page.md", line: 1, language, code, prelude },
});

const kit = 'import type { SxCallView } from "sx-call-kit";\ndeclare const view: SxCallView;';
/** Samples to find faults in, beside those of the documentation: one compiler program reads them all. */
const faulty = [
  sample("ts", "view.relayOnly = true;\nview.realyOnly = true;\n", kit),
  sample("ts", 'import { nothing } from "sx-call-kit/nothing";\nnothing();\n'),
  sample("ts", "Boolean(view);\n"),
  sample("ts", "// one.ts\nexport const one = 1;\n"),
  sample("ts", 'import { one, two } from "./one.js";\nBoolean(one + two);\n'),
  sample("js", 'import "sx-call-kit/define";\ndocument.querySelector("sx-call-view").hangup();\n'),
  sample("js", 'import "sx-call-kit/define";\ndocument.querySelector("sx-call-view").hangUp();\n'),
  sample(
    "tsx",
    'import { CallView } from "sx-call-kit/react";\nexport const call = <CallView relayOnly />;\n',
  ),
  sample(
    "tsx",
    'import { CallView } from "sx-call-kit/react";\nexport const call = <CallView relayOnly="no" />;\n',
  ),
  sample("ts", 'import { app } from "electron";\napp.on("ready", (event) => event);\n'),
];
const isOfFaulty = (problem: string) => problem.startsWith("page.md:");
let found: string[] | undefined;
const problemsOfTypes = () =>
  (found ??= typeProblems([...samples, ...html.flatMap(scriptsOf), ...faulty]));

let vocabulary: Vocabulary;

beforeAll(() => {
  const { modules } = readManifest() as {
    modules: { declarations?: (ManifestElement & { customElement?: boolean })[] }[];
  };
  const declared = modules.flatMap(({ declarations = [] }) => declarations);
  vocabulary = {
    elements: declared.filter(
      ({ customElement, tagName }) => customElement === true && (tagName as unknown) !== undefined,
    ),
    tokens: tokenNames(),
    handedOn: (tagName) => handedOn(tagName.replace(/^sx-/, "")),
  };
}, 120_000);

describe("the samples of the documentation", () => {
  it("are there, in every language that is checked", () => {
    expect(samples.length).toBeGreaterThan(20);
    for (const language of ["ts", "html", "css", "bash"])
      expect(samples.map((sample) => sample.language)).toContain(language);
  });

  it("are in a language that is known, and JSON can be read", () => {
    expect(samples.flatMap(languageProblems)).toEqual([]);
  });

  it("can be parsed where they are for an app", async () => {
    const apps = samples.filter(({ language }) => native.includes(language));
    expect([...new Set(apps.map(({ language }) => language))].sort()).toEqual(native);
    expect((await Promise.all(apps.map(syntaxProblems))).flat()).toEqual([]);
  });

  it("have the right types, scripts of pages too", { tags: "long", timeout: 240_000 }, () => {
    expect(problemsOfTypes().filter((problem) => !isOfFaulty(problem))).toEqual([]);
  });

  it("name elements, attributes, events and slots that there are", () => {
    expect(html.flatMap((sample) => markupProblems(sample, vocabulary))).toEqual([]);
  });

  it("name custom properties, parts and events that there are", () => {
    expect(coded.flatMap((sample) => nameProblems(sample, vocabulary))).toEqual([]);
  });
});

describe("the pages of the documentation", () => {
  it("name commands and files that there are", () => {
    expect(pages.flatMap(commandProblems)).toEqual([]);
  });

  it("have links that lead somewhere", () => {
    expect(pages.flatMap(linkProblems)).toEqual([]);
  });

  it("are reachable by links from the README", () => {
    expect(lostPages(pages, "README.md")).toEqual([]);
  });

  it("name tags and events that there are", () => {
    expect(
      pages.flatMap(({ file, text }) => proseProblems(file, text, vocabulary, otherNames)),
    ).toEqual([]);
  });
});

describe("the check of the samples", () => {
  const page = (text: string) => ({ file: "docs/page.md", text });

  it("takes the code out of a page, with its place and what it is a fragment of", () => {
    const text =
      "# Page\n\n<!-- sample: fragment\ndeclare const a: 1;\n-->\n\n```ts\na;\n```\n\n1. x\n\n   ```json\n   {}\n   ```\n";
    expect(samplesOf(page(text))).toEqual([
      {
        file: "docs/page.md",
        line: 8,
        language: "ts",
        code: "a;\n",
        prelude: "declare const a: 1;\n",
      },
      { file: "docs/page.md", line: 14, language: "json", code: "{}\n", prelude: "" },
    ]);
  });

  it("takes the module scripts out of HTML, with their place", () => {
    const [script] = scriptsOf(
      sample("html", '<p></p>\n<script type="module">\n  let a;\n</script>'),
    );
    expect(script).toEqual({ ...sample("js", "  let a;\n"), line: 3 });
  });

  it(
    "finds wrong types, in TypeScript and in plain JavaScript, at their line",
    { tags: "long", timeout: 240_000 },
    () => {
      expect(
        problemsOfTypes()
          .filter(isOfFaulty)
          .map((problem) => problem.replace(/'?\.(?: .*)?$/, "")),
      ).toEqual([
        "page.md:2: Property 'realyOnly' does not exist on type 'SxCallView",
        "page.md:1: Cannot find module 'sx-call-kit/nothing' or its corresponding type declarations",
        "page.md:1: Cannot find name 'view",
        "page.md:1: Module '\"./one.js\"' has no exported member 'two",
        "page.md:2: Property 'hangup' does not exist on type 'SxCallView",
        "page.md:2: Type 'string' is not assignable to type 'boolean | undefined",
      ]);
    },
  );

  it.each([
    ["kotlin", "fun call() {\n  val = )\n}\n", "", "page.md:2: this is no kotlin: "],
    ["swift", "func call() {\n  let one = )\n}\n", "", "page.md:2: this is no swift: "],
    ["rust", "fn call() {\n  let = );\n}\n", "", "page.md:2: this is no rust: "],
    [
      "dart",
      "call(1,\n  );;\n)",
      "final before = 1;\nfinal it = …;",
      "page.md:2: this is no dart: ",
    ],
  ])("finds what is no %s, at its line", async (language, code, prelude, problem) => {
    const [found = ""] = await syntaxProblems(sample(language, code, prelude));
    expect(found.slice(0, problem.length)).toBe(problem);
  });

  it("reads a fragment of another language where its prelude has it stand", async () => {
    expect(await syntaxProblems(sample("rust", "call()\n", "fn main() {\nlet it = …; }"))).toEqual(
      [],
    );
    expect(await syntaxProblems(sample("rust", "call()\n"))).not.toEqual([]);
  });

  it("accepts HTML that is right", () => {
    const text =
      '<!doctype html>\n<sx-call-view contact-name="Ann" relay-only @sx-signal="x" .iceServers="y" when-busy=busy id="a">' +
      '<img slot="avatar" alt="" src="a.png" /><br slot="details"></sx-call-view><script>if (1 < 2) call();</script>';
    expect(markupProblems(sample("html", text), vocabulary)).toEqual([]);
  });

  it.each([
    ["<sx-call-screen></sx-call-screen>", "there is no element <sx-call-screen>"],
    ['<sx-call-view contact="Ann"></sx-call-view>', '<sx-call-view> has no attribute "contact"'],
    [
      '<sx-call-view when-busy="never"></sx-call-view>',
      'when-busy="never" is none of "wait", "busy"',
    ],
    ['<sx-call-view @sx-signals="x"></sx-call-view>', 'there is no event "sx-signals"'],
    ['<sx-call-view .servers="x"></sx-call-view>', '<sx-call-view> has no property "servers"'],
    ['<sx-call-view><b slot="top"></b></sx-call-view>', '<sx-call-view> has no slot "top"'],
    ["<p><b></p>", "</p> closes <b>"],
    ["<p", "this is no tag"],
    ["<p>", "<p> is not closed"],
  ])("finds what is wrong in %s", (code, problem) => {
    expect(markupProblems(sample("html", code), vocabulary)).toContain(`page.md:1: ${problem}`);
  });

  it.each([
    ["a { color: var(--sx-color-ink); }", "there is no custom property --sx-color-ink"],
    ["sx-call-view::part(hangup) {}", 'sx-call-view has no part "hangup"'],
    ["sx-incoming-call::part(lock) {}", 'sx-incoming-call has no part "lock"'],
    ['view.addEventListener("sx-signals", go);', 'there is no event "sx-signals"'],
  ])("finds the wrong name in %s", (code, problem) => {
    expect(nameProblems(sample("css", code), vocabulary)).toEqual([`page.md:1: ${problem}`]);
  });

  it("accepts the right names", () => {
    const code =
      "sx-call-view[state=ended]::part(hang-up surface) { color: var(--sx-color-accent); gap: var(--sx-controls-gap); }";
    expect(nameProblems(sample("css", code), vocabulary)).toEqual([]);
  });

  it("finds a language that is not known, and JSON that cannot be read", () => {
    expect(languageProblems(sample("typescirpt", ""))).toEqual([
      'page.md:1: the language "typescirpt" is not known',
    ]);
    expect(languageProblems(sample("json", "{a: 1}"))).toHaveLength(1);
  });

  it("finds commands, files, links and names that are not there", () => {
    expect(
      commandProblems(
        page("`npm run bulid`, `npm run build`, `node .tools/no.mjs`, `node .tools/test.mjs`"),
      ),
    ).toEqual([
      'docs/page.md: there is no script "bulid"',
      "docs/page.md: there is no file .tools/no.mjs",
    ]);
    expect(
      linkProblems(
        page("# One two\n[a](#one-two) [b](#three) [c](../README.md) [d](gone.md) `[e](no.md)`"),
      ),
    ).toEqual([
      "docs/page.md: #three has no such heading",
      "docs/page.md: the link to gone.md leads nowhere",
    ]);
    const linked = [
      { file: "a.md", text: "[b](docs)" },
      { file: "docs/b.md", text: "[c](x/c.md) `[d](d.md)`" },
      { file: "docs/x/c.md", text: "" },
      { file: "d.md", text: "" },
    ];
    expect(lostPages(linked, "a.md")).toEqual(["d.md"]);
    expect(
      proseProblems(
        "page.md",
        "`<sx-call-view>`, `sx-signal {message}`, `sx-singal`",
        vocabulary,
        [],
      ),
    ).toEqual(["page.md: there is no sx-singal"]);
  });
});
