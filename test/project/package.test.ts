import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly sideEffects: readonly string[];
}

interface Locked {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const text = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");
const manifest = JSON.parse(text("package.json")) as Manifest;

describe("the package", () => {
  it("needs three packages at run time", () => {
    expect(Object.keys(manifest.dependencies).sort()).toEqual(["@shoelace-style/localize", "lit", "valibot"]);
  });

  it("names every dependency by one exact version", () => {
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it("puts the types first in every entry, and says that only define has a side effect", () => {
    const entries = Object.values(manifest.exports).filter((entry) => typeof entry === "object" && entry !== null);
    expect(entries.map((entry) => Object.keys(entry)[0])).toEqual(entries.map(() => "types"));
    expect(manifest.sideEffects).toEqual(["./dist/define.js"]);
  });

  it("has a lock file that names no registry", () => {
    expect(text("package-lock.json")).not.toContain('"resolved"');
  });

  // npm leaves out, without a word, the package of a platform that the registry lacks in this version; `npm ci` then refuses.
  it("has a lock file for every platform", () => {
    const { packages } = JSON.parse(text("package-lock.json")) as { packages: Readonly<Record<string, Locked>> };
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !foldersAbove(path).some((folder) => `${folder}${name}` in packages)),
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
