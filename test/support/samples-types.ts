import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { placeOf, root, type Sample } from "./samples.ts";

/** Packages of other platforms that a sample shows and this project does not install. What they give is `any`. `__DEV__` is React Native's. */
const foreign = [
  ...["electron", "react-native", "react-native-webview", "expo-av"],
  ...["@tauri-apps/api/core", "@tauri-apps/api/event", "@tauri-apps/api/window", "@capacitor/core"],
];
/** A parameter without a type: what a callback of such a package gets, nobody here can say. */
const untyped = [7006, 7031, 7005, 7034];

type Exports = Record<
  string,
  string | null | { readonly types?: string; readonly default?: string }
>;

/** Maps the exports of the package to their sources, so that a sample can import exactly what a host can. */
function exportedSources(): Record<string, string[]> {
  const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    exports: Exports;
  };
  return Object.fromEntries(
    Object.entries(exports).flatMap(([name, target]) => {
      const types = typeof target === "object" ? target?.types : undefined;
      const source = types?.replace(/^\.\/dist\/(.*)\.d\.ts$/, "./src/$1.ts");
      return source?.startsWith("./src/") ? [[`sx-call-kit${name.slice(1)}`, [source]]] : [];
    }),
  );
}

function baseOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent(
    { ...config, files: [], include: [] },
    ts.sys,
    root,
  );
  return {
    ...options,
    // As bundlers look for files, React Native's among them: that takes in what Node demands.
    module: ts.ModuleKind.Preserve,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    paths: exportedSources(),
    types: ["node"],
    jsx: ts.JsxEmit.ReactJSX,
    moduleDetection: ts.ModuleDetectionKind.Force,
    // A sample may show a name without using it.
    noUnusedLocals: false,
    noUnusedParameters: false,
  };
}

/** Plain JavaScript has no types and no `!`: errors of `strict` alone are ignored. Wrong names are still found. */
function isStrictOnly({ code, messageText }: ts.Diagnostic): boolean {
  const text = ts.flattenDiagnosticMessageText(messageText, " ");
  // "is possibly null", "implicitly has an 'any' type", and a value that may be null where none is taken.
  return (
    (code >= 2531 && code <= 2533) ||
    (code >= 18046 && code <= 18049) ||
    (code >= 7000 && code < 7100) ||
    ([2322, 2345, 2769].includes(code) && /Type '(?:null|undefined)' is not assignable/.test(text))
  );
}

/**
 * Checks the types of all samples in TypeScript and JavaScript, each as a module of its own, in one program.
 *
 * @param platforms files with the types of packages that are otherwise `any`, by their names.
 * @returns a line for each fault, with its place in the page.
 */
export function typeProblems(
  all: readonly Sample[],
  platforms: Readonly<Record<string, string>> = {},
): string[] {
  const samples = all.filter(({ language }) => ["ts", "tsx", "js"].includes(language));
  const options = baseOptions();
  const real = Object.keys(platforms);
  // A package's own imports: of the other packages, and of React.
  if (real.length > 0)
    options.paths = {
      ...options.paths,
      ...Object.fromEntries(Object.entries(platforms).map(([name, file]) => [name, [file]])),
      react: [join(root, "node_modules/@types/react/index.d.ts")],
    };
  const unknown = foreign.filter((name) => !real.includes(name));
  const ambient = join(root, "samples.d.ts");
  const names = namesOf(samples);
  const texts = new Map(
    samples.map((sample, index) => [
      names[index] ?? "",
      `${sample.prelude.trimEnd()}\n${sample.code}`,
    ]),
  );
  texts.set(
    ambient,
    [
      ...unknown.map((name) => `declare module "${name}";`),
      ...(real.includes("react-native") ? [] : ["declare const __DEV__: boolean;"]),
    ].join("\n"),
  );
  const folders = new Set(names.map((name) => dirname(name)));

  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile, directoryExists } = { ...host };
  host.fileExists = (name) => texts.has(name) || fileExists(name);
  host.directoryExists = (name) => folders.has(name) || (directoryExists?.(name) ?? true);
  host.readFile = (name) => texts.get(name) ?? readFile(name);
  host.getSourceFile = (name, version) => {
    const text = texts.get(name);
    if (text !== undefined) return ts.createSourceFile(name, text, version, true);
    return getSourceFile(name, version);
  };
  const program = ts.createProgram([...names, ambient, ...Object.values(platforms)], options, host);
  return samples.flatMap((sample, index) => {
    const file = program.getSourceFile(names[index] ?? "");
    if (file === undefined) throw new Error("The compiler has lost a sample.");
    const own = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    const importsForeign = foreign.some((name) => sample.code.includes(`"${name}"`));
    return own
      .filter(({ code }) => !(importsForeign && untyped.includes(code)))
      .filter((fault) => sample.language !== "js" || !isStrictOnly(fault))
      .map(({ start = 0, messageText }) => {
        const offset =
          file.getLineAndCharacterOfPosition(start).line -
          sample.prelude.trimEnd().split("\n").length;
        return `${placeOf(sample, offset)}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
      });
  });
}

/**
 * Below the project's folder, where its packages are found, each page in a folder of its own. A sample whose first line is
 * `// name.ts` is imported under that name by the others of its page.
 */
function namesOf(samples: readonly Sample[]): string[] {
  const taken = new Set<string>();
  return samples.map(({ file, language, code }, index) => {
    const folder = join(root, "samples", file.replaceAll(/[^\w-]/g, "-"));
    const [, given, kind = ""] = /^\/\/ ([\w-]+)\.([cm]?)[jt]sx?\n/.exec(code) ?? [];
    const extension = language === "tsx" ? "tsx" : `${kind}ts`;
    const named = join(folder, `${given ?? `sample-${String(index)}`}.${extension}`);
    const name = taken.has(named) ? join(folder, `sample-${String(index)}.${extension}`) : named;
    taken.add(name);
    return name;
  });
}
