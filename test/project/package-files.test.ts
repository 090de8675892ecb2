import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import ts from "typescript";
import { beforeAll, describe, expect, it } from "vitest";
import { builtFiles, entries } from "../../.tools/package-graph.mjs";

/*
 * The package as npm would publish it. Reads `dist/`, which `npm test` builds first; after a change, `npm run build`.
 */

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string) => readFileSync(`${root}${path}`, "utf8");
const json = (path: string): unknown => JSON.parse(read(path));
const manifest = json("package.json") as {
  readonly name: string;
  readonly sideEffects: readonly string[];
};

/** Returns the bundle of a text in a project with the package. */
async function bundled(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    write: false,
    format: "esm",
    logLevel: "silent",
    external: ["react"],
  });
  return outputFiles[0]!.text;
}

describe("the packed package", () => {
  let packed: readonly string[];

  beforeAll(() => {
    const { stdout } = spawnSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: root,
      encoding: "utf8",
    });
    const [{ files }] = JSON.parse(stdout) as [{ files: readonly { readonly path: string }[] }];
    packed = files.map(({ path }) => path);
  });

  it("has a file behind every name of package.json", () => {
    expect([...entries()].filter(([, paths]) => paths.length === 0)).toEqual([]);
    const named = [...entries().values()].flat();
    expect(named.filter((path) => !packed.includes(path))).toEqual([]);
  });

  it("holds what its names reach, with types and source maps, three texts, and nothing else", () => {
    const outside = packed.filter((path) => !path.startsWith("dist/"));
    expect(outside.sort()).toEqual(["CHANGELOG.md", "LICENSE", "README.md", "package.json"]);
    expect(packed.filter((path) => path.startsWith("dist/")).sort()).toEqual(builtFiles().sort());
    const named = new Set([...entries().values()].flat());
    const unreached = packed.filter(
      (path) => path.startsWith("dist/") && !named.has(path) && !isReached(path),
    );
    expect(unreached).toEqual([]);
  });

  it("lets no import and no address lead nowhere", () => {
    const missing = packed
      .filter((path) => /\.(?:js|d\.ts)$/.test(path))
      .flatMap((path) => {
        const text = read(path);
        const names = [
          ...ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName),
          ...[...text.matchAll(/new URL\("([^"]+)", import\.meta\.url\)/g)].map(
            (found) => found[1]!,
          ),
          ...[...text.matchAll(/^\/\/# sourceMappingURL=(\S+)$/gm)].map(
            (found) => `./${found[1]!}`,
          ),
        ];
        const relative = names.filter((name) => name.startsWith("."));
        const targets = relative.map((name) =>
          resolved(path, path.endsWith(".d.ts") ? name.replace(/\.js$/, ".d.ts") : name),
        );
        return targets
          .filter((target) => !packed.includes(target))
          .map((target) => `${path}: ${target}`);
      });
    expect(missing).toEqual([]);
  });

  it("imports nothing at run time but its dependencies, and what an entry of its own is for", () => {
    const { dependencies } = json("package.json") as {
      dependencies: Readonly<Record<string, string>>;
    };
    const foreign = packed
      .filter((path) => path.endsWith(".js") && !path.includes("iife"))
      .flatMap((path) =>
        ts.preProcessFile(read(path)).importedFiles.map(({ fileName }) => ({ path, fileName })),
      )
      .filter(({ fileName }) => !fileName.startsWith("."))
      .filter(
        ({ fileName }) =>
          !Object.keys(dependencies).some(
            (name) => fileName === name || fileName.startsWith(`${name}/`),
          ),
      );
    expect(foreign).toEqual([
      { path: "dist/effects/noise.js", fileName: "@sapphi-red/web-noise-suppressor" },
      { path: "dist/react.js", fileName: "react" },
    ]);
  });

  const namesFile = (text: string, file: string) =>
    [`/${file}"`, `"${file}"`, `\`${file}\``].some((name) => text.includes(name));
  function isReached(path: string): boolean {
    const name = path.split("/").at(-1)!;
    if (path.endsWith(".map")) return read(path.slice(0, -4)).includes(`sourceMappingURL=${name}`);
    const asImported = name.replace(/\.d\.ts$/, ".js");
    const ending = path.endsWith(".d.ts") ? ".d.ts" : ".js";
    const askers = packed.filter((other) => other.endsWith(ending) || other.endsWith(".html"));
    return askers.some((other) => other !== path && namesFile(read(other), asImported));
  }
});

function resolved(from: string, name: string): string {
  return new URL(name, `file:///${from}`).pathname.slice(1);
}

describe("a bundle of the package", () => {
  it("holds no element where a program uses none", async () => {
    const text = await bundled(
      'import { CallError } from "sx-call-kit"; console.log(new CallError("internal", ""));',
    );
    expect(text).toContain("CallError");
    expect(text).not.toMatch(/sx-call-view|LitElement|customElements|RTCPeerConnection/);
  });

  it("registers what an entry names and what that needs inside, and no more", async () => {
    const registered = async (entry: string) => {
      const text = await bundled(`import "sx-call-kit/define/${entry}";`);
      return [...text.matchAll(/\btagName = "(sx-[a-z-]+)"/g)].map((found) => found[1]!).sort();
    };
    expect(await registered("sx-call-history-item")).toEqual(["sx-call-history-item"]);
    expect(await registered("sx-incoming-call")).toEqual(["sx-incoming-call"]);
    const inside = [
      "sx-call-controls",
      "sx-call-view",
      "sx-device-menu",
      "sx-incoming-call",
      "sx-security-code",
    ];
    expect(await registered("sx-call-view")).toEqual(inside);
  });

  it("keeps what has an effect, and only that is listed as such", async () => {
    for (const entry of ["define", "define/sx-call-view", "react"]) {
      expect(await bundled(`import "${manifest.name}/${entry}";`)).toContain('"sx-call-view"');
    }
    for (const entry of [
      "",
      "/hosts/connect-host",
      "/hosts/auto",
      "/notifications",
      "/simulator",
      "/locales/fr",
    ]) {
      expect((await bundled(`import "${manifest.name}${entry}";`)).trim()).toBe("");
    }
  });
});

describe("every entry of the package", () => {
  it("can be imported in bare Node, without a DOM", () => {
    // Named by its address, or a page's: no module of a program.
    const isForPages = (name: string) =>
      /^\.\/(?:iife|worker|effects\/background-worker|notifications\/worker|simplex|deltachat)/.test(
        name,
      );
    const modules = [...entries()].filter(
      ([name, paths]) => !isForPages(name) && paths.some((path) => path.endsWith(".js")),
    );
    const paths = modules.flatMap(([, found]) => found).filter((path) => path.endsWith(".js"));
    expect(paths.length).toBeGreaterThan(40);
    const program = `for (const path of ${JSON.stringify(paths)}) {
      try { await import("./" + path); } catch (error) { console.log(path + ": " + error.message); }
    }
    if (typeof document !== "undefined") console.log("there is a DOM");`;
    const args = ["--input-type=module", "--eval", program];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
    expect(stdout + stderr).toBe("");
  });

  it("renders in React on a server, as its tag with its attributes", () => {
    const program = `
      import { createElement } from "react";
      import { renderToString } from "react-dom/server";
      import { CallView } from "sx-call-kit/react";
      console.log(renderToString(createElement(CallView, { className: "call", title: "A call" })));`;
    const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
      cwd: root,
      encoding: "utf8",
    });
    expect(stdout.trim()).toBe('<sx-call-view class="call" title="A call"></sx-call-view>');
  });
});
