import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder, with a slash at the end. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** A page of the documentation. */
export interface Page {
  /** From the project's folder, with slashes. */
  readonly file: string;
  readonly text: string;
}

/** A fenced piece of code in a page. */
export interface Sample {
  readonly file: string;
  /** The line of the page that the code begins in. */
  readonly line: number;
  /** As it stands behind the fence; empty where nothing does. */
  readonly language: string;
  readonly code: string;
  /**
   * Declarations for checking a fragment, in TypeScript. They are in the comment before the fence: `<!-- sample: fragment
   * declare const channel: MessagePort; -->`. In other languages `…` marks the place of the fragment.
   */
  readonly prelude: string;
}

/** Languages that nothing here can check. A fence in one that is not known at all is a slip of the pen. */
const unchecked = [
  "",
  "text",
  "cmake",
  "mermaid",
  "ini",
  "conf",
  "toml",
  "yaml",
  "diff",
  "groovy",
  "xml",
  "vue",
  "svelte",
];
const checked = [
  "ts",
  "tsx",
  "js",
  "html",
  "css",
  "json",
  "bash",
  "sh",
  "dart",
  "kotlin",
  "cpp",
  "python",
  "rust",
  "swift",
];

/** Every page that shows code to a reader. The report of the API is the compiler's own words, and no sample. */
export function readPages(): Page[] {
  const below = ["docs", "examples"].flatMap((folder) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map(
          (path) => `${folder}/${path}`,
        )
      : [],
  );
  return [
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    ...below.map((path) => path.replaceAll("\\", "/")),
  ]
    .filter((file) => file.endsWith(".md") && !/node_modules|^docs\/api\//.test(file))
    .sort()
    .map((file) => ({ file, text: readFileSync(join(root, file), "utf8") }));
}

/** Takes the code out of a page. */
export function samplesOf({ file, text }: Page): Sample[] {
  const fence = /^([ \t]*)(`{3,})([^\s`]*)[^\n`]*\n([\s\S]*?)^\1\2[ \t]*$/gm;
  return [...text.matchAll(fence)].map(
    ({ index, 1: indent = "", 3: language = "", 4: code = "" }) => {
      const before = text.slice(0, index);
      const marker =
        /<!-- sample: fragment\s((?:(?!-->)[\s\S])*)-->\s*(?:<!--(?:(?!-->)[\s\S])*-->\s*)*$/.exec(
          before,
        );
      const line = before.split("\n").length + 1;
      return {
        file,
        line,
        language,
        code: code.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
        prelude: marker?.[1] ?? "",
      };
    },
  );
}

/** The module scripts of a page of HTML, as samples at their own place. */
export function scriptsOf(sample: Sample): Sample[] {
  const script = /<script type="module">\n?([\s\S]*?)<\/script>/g;
  return [...sample.code.matchAll(script)].map(({ index, 0: all, 1: code = "" }) => {
    const before = sample.code.slice(0, index + all.indexOf(code, 22));
    return { ...sample, language: "js", code, line: sample.line + before.split("\n").length - 1 };
  });
}

/** Where a sample begins, as an editor opens it. */
export function placeOf({ file, line }: { file: string; line: number }, offset = 0): string {
  return `${file}:${String(line + offset)}`;
}

/** Returns errors independent of the content: the language, or invalid JSON. */
export function languageProblems(sample: Sample): string[] {
  const { language, code } = sample;
  if (language === "json") {
    try {
      JSON.parse(code);
    } catch (error) {
      return [`${placeOf(sample)}: ${String(error)}`];
    }
  }
  return [...unchecked, ...checked].includes(language)
    ? []
    : [`${placeOf(sample)}: the language "${language}" is not known`];
}

/** Commands that a page names and the project does not have. An example has scripts of its own. */
export function commandProblems({ file, text }: Page): string[] {
  let folder = posix.dirname(file);
  while (!existsSync(join(root, folder, "package.json"))) folder = posix.dirname(folder);
  const { scripts = {} } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as {
    scripts?: Record<string, string>;
  };
  const named = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = ""]) => name);
  const missingScripts = named(/\bnpm run ([\w:-]+)/g).filter((name) => !(name in scripts));
  const missingFiles = named(/(?:\bnode|\bbash|--config) (\.?[\w-]+\/[\w./-]+\w)/g).filter(
    (name) => ![folder, "."].some((base) => existsSync(join(root, base, name))),
  );
  return [
    ...missingScripts.map((name) => `${file}: there is no script "${name}"`),
    ...missingFiles.map((name) => `${file}: there is no file ${name}`),
  ];
}

/** Where a page links to within the project: the file, and the heading if it names one. */
function linksOf({
  file,
  text,
}: Page): { target: string; linked: string; heading: string | undefined }[] {
  const prose = text
    .replaceAll(/^[ \t]*```[\s\S]*?^[ \t]*```/gm, "")
    .replaceAll(/`[^`\n]*`/g, (code) => "-".repeat(code.length));
  const targets = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  return targets
    .filter((target) => !/^(?:https?|mailto):/.test(target))
    .map((target) => {
      const [path = "", heading] = target.split("#");
      return {
        target,
        linked: path === "" ? file : posix.join(posix.dirname(file), path),
        heading,
      };
    });
}

/** Links within the project that lead nowhere, to a file or to a heading. */
export function linkProblems(page: Page): string[] {
  return linksOf(page).flatMap(({ target, linked, heading }) => {
    const isOwn = linked === page.file;
    if (!isOwn && !existsSync(join(root, linked)))
      return [`${page.file}: the link to ${target} leads nowhere`];
    if (heading === undefined || !linked.endsWith(".md")) return [];
    const text = isOwn ? page.text : readFileSync(join(root, linked), "utf8");
    return headingsOf(text).includes(heading)
      ? []
      : [`${page.file}: ${target} has no such heading`];
  });
}

/** Pages that nobody comes to who begins at the first and follows the links. A link to a folder is one to all that is in it. */
export function lostPages(all: readonly Page[], first: string): string[] {
  const found = new Set([first]);
  for (const file of found) {
    const page = all.find((one) => one.file === file);
    for (const { linked } of page ? linksOf(page) : []) {
      for (const other of all)
        if (other.file === linked || posix.dirname(other.file) === linked) found.add(other.file);
    }
  }
  return all.map(({ file }) => file).filter((file) => !found.has(file));
}

/** As the common Markdown sites name them. */
function headingsOf(page: string): string[] {
  return [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, "")
      .replaceAll(" ", "-"),
  );
}
