import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly sideEffects: readonly string[];
  readonly peerDependencies: unknown;
  readonly peerDependenciesMeta: unknown;
}

interface Locked {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const text = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");
const manifest = JSON.parse(text("package.json")) as Manifest;

describe("the package", () => {
  it("needs three packages at run time", () => {
    expect(Object.keys(manifest.dependencies).sort()).toEqual([
      "@shoelace-style/localize",
      "lit",
      "valibot",
    ]);
  });

  it("names every dependency by one exact version", () => {
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))).toEqual(
      [],
    );
  });

  it("puts the types first in every entry, and says what has a side effect", () => {
    const conditional = Object.values(manifest.exports).filter(
      (entry) => typeof entry === "object" && entry !== null,
    );
    expect(conditional.map((entry) => Object.keys(entry)[0])).toEqual(
      conditional.map(() => "types"),
    );
    const published = manifest.sideEffects.filter((path) => path.startsWith("./dist/"));
    expect(published).toEqual([
      "./dist/define.js",
      "./dist/define/*.js",
      "./dist/react.js",
      "./dist/sx-call-*.js",
      "./dist/effects/background-worker.js",
      "./dist/call.js",
    ]);
    // The package's own bundles are made of the sources, and read the same list.
    expect(manifest.sideEffects.slice(published.length)).toEqual(["./src/define.ts"]);
  });

  it("requires React and the libraries of the effects only where they are used", () => {
    const optional = { optional: true };
    expect(manifest.peerDependencies).toEqual({
      "@mediapipe/tasks-vision": "^1.1.0",
      "@sapphi-red/web-noise-suppressor": "^0.4.1",
      react: ">=18",
    });
    expect(manifest.peerDependenciesMeta).toEqual({
      "@mediapipe/tasks-vision": optional,
      "@sapphi-red/web-noise-suppressor": optional,
      react: optional,
    });
  });

  it("has a lock file that names no registry", () => {
    expect(text("package-lock.json")).not.toContain('"resolved"');
  });

  // npm leaves out, without a word, the package of a platform that the registry lacks in this version; `npm ci` then refuses.
  it("has a lock file for every platform", () => {
    const { packages } = JSON.parse(text("package-lock.json")) as {
      packages: Readonly<Record<string, Locked>>;
    };
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !foldersAbove(path).some((folder) => `${folder}${name}` in packages),
      ),
    );
    expect(missing).toEqual([]);
  });
});

/** Where Node looks for what a package needs: its own `node_modules/`, and each above it. */
function foldersAbove(path: string): string[] {
  const own = path === "" ? "" : `${path}/`;
  const cuts = [own.length, ...[...own.matchAll(/node_modules\//g)].map(({ index }) => index)];
  return cuts.map((cut) => `${own.slice(0, cut)}node_modules/`);
}
