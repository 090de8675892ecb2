import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const entries: Readonly<Record<string, string>> = {
  "sx-call-kit/hosts/call-page": "src/hosts/bridge/call-page.ts",
};

/** A sample of a document: the fenced TypeScript whose first line names the file. */
export function sampleOf(document: string, file: string): string {
  const text = readFileSync(`${root}/${document}`, "utf8");
  const found = [...text.matchAll(/^```ts\n([^]*?)^```$/gm)].find(([, code = ""]) =>
    code.startsWith(`// ${file}\n`),
  );
  if (found?.[1] === undefined) throw new Error(`${document} has no sample ${file}.`);
  return found[1];
}

/**
 * One file of a program and all it needs.
 * @param entry its path in the project.
 * @param samples samples of documents that it imports as files beside it, by their names.
 */
export async function bundle(
  entry: string,
  platform: "node" | "browser",
  samples: Readonly<Record<string, string>> = {},
) {
  const { outputFiles } = await build({
    ...{
      absWorkingDir: root,
      entryPoints: [entry],
      bundle: true,
      write: false,
      logLevel: "error",
      platform,
    },
    ...{ format: platform === "node" ? "cjs" : "iife", tsconfig: "src/tsconfig.json" },
    // Faster ways of `ws` that it does without.
    external: ["bufferutil", "utf-8-validate"],
    plugins: [
      {
        name: "samples",
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^sx-call-kit\// }, ({ path }) => ({
            path: `${root}/${entries[path] ?? path}`,
          }));
          onResolve({ filter: /^\.\// }, ({ path }) => {
            const name = path.slice(2).replace(/\.js$/, ".ts");
            return name in samples ? { path: name, namespace: "sample" } : undefined;
          });
          onLoad({ filter: /./, namespace: "sample" }, ({ path }) => ({
            ...{ contents: samples[path] ?? "", loader: "ts", resolveDir: root },
          }));
        },
      },
    ],
  });
  return outputFiles[0]?.text ?? "";
}
