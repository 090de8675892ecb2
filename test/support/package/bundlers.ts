// Projects for the bundlers that newcomers use, each with versions of its own. Their packages are fetched once from the npm
// registry and kept in the user's cache; the packed kit is put in anew each time. Never below this project. Bundlers read the
// settings of folders above (webpack took this project's `tsconfig.json` and so its sources). They compile no JSX in a path
// with `node_modules`.
import { execFile, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "../free-port.ts";
import { emptyTags, lateReactCalls, twoViews } from "./two-views.ts";

const run = promisify(execFile);
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "sx-call-kit/bundlers");

/** What the kit itself depends on, as `npm install sx-call-kit` brings it. */
const ownPackages = { lit: "3.3.3", "@shoelace-style/localize": "3.2.3", valibot: "1.5.0" };
const react = { react: "19.3.1", "react-dom": "19.3.1" };

/** A project of one bundler. */
export interface Setup {
  readonly packages: Readonly<Record<string, string>>;
  /** What its `package.json` has beside the packages. */
  readonly manifest?: Readonly<Record<string, unknown>>;
  readonly files: Readonly<Record<string, string>>;
  /** Scripts of packages below `node_modules`, or of the project, with their arguments; in each `PORT` is a free port. */
  readonly build?: readonly (readonly string[])[];
  /** The server of a set-up for development, which is then asked for the page. */
  readonly serve?: readonly string[];
  /** Where the page lies, once it is built. */
  readonly out?: string;
  /** Path of a page of all elements that its server renders. */
  readonly rendered?: string;
}

const style = "sx-call-view { display: block; width: 320px; height: 480px; float: left; }";
const views = `<sx-call-view contact-name="Bob"></sx-call-view><sx-call-view contact-name="Alice"></sx-call-view>`;
const page = (script: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,"><style>${style}</style></head>
<body>${views}<script type="module" ${script}</script></body></html>`;
const main = `import "sx-call-kit/define";\n${twoViews}`;
const plain = { "index.html": page('src="/main.js">'), "main.js": main };

const vite = (version: string): Record<string, Setup> => ({
  [`Vite ${version.split(".")[0]!}, built`]: {
    packages: { vite: version },
    files: plain,
    build: [["vite/bin/vite.js", "build"]],
    out: "dist",
  },
  [`Vite ${version.split(".")[0]!}, dev`]: {
    packages: { vite: version },
    files: plain,
    serve: ["vite/bin/vite.js", "--host", "127.0.0.1", "--port", "PORT", "--strictPort"],
  },
});

/** `sx-call-view` is `CallView` in React. */
const componentOf = (tag: string) =>
  tag.replace(/^sx/, "").replace(/-(.)/g, (_all, letter: string) => letter.toUpperCase());

/** A React app whose props come late, as a component of the client that the server renders, too. */
const nextFiles = {
  "next.config.mjs": `export default { output: "export", reactStrictMode: true };`,
  "app/layout.jsx": `export default function Layout({ children }) {
  return <html lang="en"><head><link rel="icon" href="data:," /></head><body><style>{${JSON.stringify(style)}}</style>{children}</body></html>;
}`,
  // Without a word of "use client": the entry of the kit has it.
  "app/page.jsx": `import { Calls } from "./calls.jsx";
export default function Page() { return <Calls />; }`,
  "app/calls.jsx": lateReactCalls,
  // A page of the server alone: its components need no directive of their own.
  "app/server/page.jsx": `import * as kit from "sx-call-kit/react";
export default function Page() { return <>${emptyTags.map(([tag]) => `<kit.${componentOf(tag)} />`).join("")}</>; }`,
};
const next = (version: string): Record<string, Setup> => ({
  [`Next ${version.split(".")[0]!}, built`]: {
    packages: { next: version, ...react },
    files: nextFiles,
    build: [["next/dist/bin/next", "build"]],
    out: "out",
    rendered: "/server.html",
  },
  [`Next ${version.split(".")[0]!}, dev`]: {
    packages: { next: version, ...react },
    files: nextFiles,
    serve: ["next/dist/bin/next", "dev", "--hostname", "127.0.0.1", "--port", "PORT"],
    rendered: "/server",
  },
});

/** Parcel reads the `exports` of packages only where it is configured to: the guide says so. */
const parcel = (files: Record<string, Setup["files"]>): Record<string, Setup> =>
  Object.fromEntries(
    Object.entries(files).map(([name, those]) => [
      name,
      {
        packages: { parcel: "2.16.4" },
        manifest: { "@parcel/resolver-default": { packageExports: true } },
        files: those,
        build: [["parcel/lib/bin.js", "build", "index.html", "--no-cache", "--no-optimize"]],
        out: "dist",
      },
    ]),
  );

const angular = "20.3.35";

export const setups: Readonly<Record<string, Setup>> = {
  ...vite("5.4.21"),
  ...vite("6.4.6"),
  ...vite("7.3.8"),
  ...vite("8.3.8"),
  "webpack 5": {
    packages: { webpack: "5.113.0" },
    files: {
      "main.js": main,
      "public/index.html": page('src="main.js">'),
      "build.mjs": `import webpack from "webpack";
import { cpSync } from "node:fs";
const compiler = webpack({ mode: "production", context: import.meta.dirname, entry: "./main.js" });
compiler.run((error, stats) => {
  if (error || stats.hasErrors()) { console.error(error ?? stats.toString()); process.exit(1); }
  cpSync("public", "dist", { recursive: true });
});`,
    },
    build: [["./build.mjs"]],
    out: "dist",
  },
  "Rollup 4": {
    packages: { rollup: "4.68.8", "@rollup/plugin-node-resolve": "16.0.3" },
    files: {
      "main.js": main,
      "public/index.html": page('src="main.js">'),
      "build.mjs": `import { rollup } from "rollup";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { cpSync } from "node:fs";
const warnings = [];
const bundle = await rollup({ input: "main.js", plugins: [nodeResolve()], onwarn: (warning) => warnings.push(warning.message) });
await bundle.write({ dir: "dist", format: "es" });
cpSync("public", "dist", { recursive: true });
if (warnings.length > 0) { console.error(warnings.join("\\n")); process.exit(1); }`,
    },
    build: [["./build.mjs"]],
    out: "dist",
  },
  esbuild: {
    packages: { esbuild: "0.28.2" },
    files: {
      "main.js": main,
      "public/index.html": page('src="main.js">'),
      "build.mjs": `import { build } from "esbuild";
import { cpSync } from "node:fs";
const { warnings } = await build({ entryPoints: ["main.js"], bundle: true, splitting: true, format: "esm", outdir: "dist" });
cpSync("public", "dist", { recursive: true });
if (warnings.length > 0) process.exit(1);`,
    },
    build: [["./build.mjs"]],
    out: "dist",
  },
  ...parcel({ "Parcel 2": { "index.html": page('src="main.js">'), "main.js": main } }),
  ...parcel({ "Parcel 2, an inline module": { "index.html": page(`>${main}`) } }),
  "Angular 20": {
    packages: {
      "@angular/build": "20.3.41",
      "@angular/cli": "20.3.43",
      "@angular/common": angular,
      "@angular/compiler": angular,
      "@angular/compiler-cli": angular,
      "@angular/core": angular,
      "@angular/platform-browser": angular,
      rxjs: "7.8.2",
      tslib: "2.8.1",
      typescript: "5.9.3",
    },
    files: {
      "angular.json": JSON.stringify({
        version: 1,
        cli: { analytics: false },
        projects: {
          app: {
            projectType: "application",
            root: "",
            sourceRoot: "src",
            architect: {
              build: {
                builder: "@angular/build:application",
                options: {
                  ...{ browser: "src/main.ts", index: "src/index.html", tsConfig: "tsconfig.json" },
                  ...{ outputPath: { base: "dist", browser: "" }, polyfills: [] },
                },
              },
            },
          },
        },
      }),
      "tsconfig.json": JSON.stringify({
        compilerOptions: {
          ...{ target: "ES2022", module: "preserve", moduleResolution: "bundler", strict: true },
          ...{ experimentalDecorators: true, skipLibCheck: true, lib: ["ES2022", "DOM"] },
          ...{ importHelpers: true },
        },
        files: ["src/main.ts"],
      }),
      "src/index.html": `<!doctype html><html lang="en"><head><meta charset="utf-8"><base href="/"><link rel="icon" href="data:,"><style>${style}</style></head><body><app-root></app-root></body></html>`,
      "src/main.ts": `import { CUSTOM_ELEMENTS_SCHEMA, Component, provideZonelessChangeDetection } from "@angular/core";
import { bootstrapApplication } from "@angular/platform-browser";
import "sx-call-kit/define";
@Component({ selector: "app-root", schemas: [CUSTOM_ELEMENTS_SCHEMA], template: \`${views}\` })
class App {}
void bootstrapApplication(App, { providers: [provideZonelessChangeDetection()] }).then(start);
function start(): void {
  const script = document.createElement("script");
  script.textContent = ${JSON.stringify(twoViews)};
  document.head.append(script);
}`,
    },
    build: [["@angular/cli/bin/ng.js", "build"]],
    out: "dist",
  },
  ...next("15.5.29"),
  ...next("16.4.6"),
};

/** A project in the cache, with the packages of a set-up, its files and the packed kit. */
export class BundlerProject {
  readonly folder: string;
  readonly #setup: Setup;
  #server: ChildProcess | null = null;
  #said = "";

  private constructor(folder: string, setup: Setup) {
    this.folder = folder;
    this.#setup = setup;
  }

  /** @param kit path of the packed file. */
  static async make(setup: Setup, kit: string): Promise<BundlerProject> {
    const dependencies = dependenciesOf(setup);
    const name = createHash("sha256").update(JSON.stringify(dependencies)).digest("hex");
    const folder = join(cache, name.slice(0, 16));
    if (!existsSync(folder)) await install(folder, dependencies);
    const project = new BundlerProject(folder, setup);
    await project.#putIn(kit);
    return project;
  }

  /** Runs the set-up's own command. @returns what it said. */
  async build(): Promise<string> {
    for (const [script = "", ...args] of this.#setup.build ?? []) {
      const { stdout, stderr } = await run(process.execPath, [this.#path(script), ...args], {
        cwd: this.folder,
        env: environment("production"),
        maxBuffer: 1 << 26,
      }).catch((thrown: unknown) => {
        const { stdout: said = "", stderr: reported = "" } = thrown as Record<string, string>;
        throw new Error(`${script} failed: ${said} ${reported}`);
      });
      this.#said += stdout + stderr;
    }
    return this.#said;
  }

  /** The folder of the built page. */
  get out(): string {
    return join(this.folder, this.#setup.out ?? "");
  }

  /** Starts the server of a set-up for development. @returns its address, once it answers. */
  async serve(): Promise<string> {
    const port = await freePort();
    const [script = "", ...args] = this.#setup.serve ?? [];
    this.#server = spawn(
      process.execPath,
      [this.#path(script), ...args.map((one) => (one === "PORT" ? String(port) : one))],
      { cwd: this.folder, env: environment("development"), stdio: "ignore" },
    );
    const origin = `http://127.0.0.1:${String(port)}`;
    for (let tries = 0; tries < 300; tries += 1) {
      const isThere = await fetch(origin).then(
        ({ ok }) => ok,
        () => false,
      );
      if (isThere) return origin;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error("The server does not answer.");
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (server?.exitCode !== null) return;
    const gone = once(server, "exit");
    server.kill();
    await gone;
  }

  #path(script: string): string {
    return script.startsWith("./")
      ? join(this.folder, script)
      : join(this.folder, "node_modules", script);
  }

  async #putIn(kit: string): Promise<void> {
    const place = join(this.folder, "node_modules/sx-call-kit");
    // What a bundler remembers of the kit is of the one before.
    for (const old of [
      place,
      this.out === this.folder ? "" : this.out,
      join(this.folder, "node_modules/.vite"),
      join(this.folder, ".angular"),
      join(this.folder, ".next"),
    ])
      if (old !== "") rmSync(old, { recursive: true, force: true });
    mkdirSync(place, { recursive: true });
    await run("tar", ["-xzf", kit, "-C", place, "--strip-components", "1"]);
    writeManifest(this.folder, dependenciesOf(this.#setup), this.#setup.manifest);
    for (const [name, text] of Object.entries(this.#setup.files)) {
      mkdirSync(dirname(join(this.folder, name)), { recursive: true });
      writeFileSync(join(this.folder, name), text);
    }
  }
}

const dependenciesOf = ({ packages }: Setup) => ({ ...ownPackages, ...packages });

function writeManifest(folder: string, dependencies: object, more: object = {}): void {
  const manifest = { private: true, type: "module", dependencies, ...more };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
}

async function install(folder: string, dependencies: Record<string, string>): Promise<void> {
  const fetching = `${folder}-fetching-${String(process.pid)}`;
  mkdirSync(fetching, { recursive: true });
  writeManifest(fetching, dependencies);
  const quiet = ["--no-audit", "--no-fund", "--no-package-lock", "--legacy-peer-deps"];
  try {
    await run("npm", ["install", "--silent", ...quiet], { cwd: fetching, maxBuffer: 1 << 26 });
    // Whoever comes second finds it whole, or not at all.
    renameSync(fetching, folder);
  } catch (thrown) {
    rmSync(fetching, { recursive: true, force: true });
    throw thrown;
  }
}

/** Without the test's own settings, and without a word to anybody. */
function environment(mode: string): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _own, VITEST: _test, ...others } = process.env;
  const silent = { NEXT_TELEMETRY_DISABLED: "1", NG_CLI_ANALYTICS: "false", CI: "1" };
  return { ...others, ...silent, NODE_ENV: mode };
}
