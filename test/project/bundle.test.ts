import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bundleOneFile } from "../../.tools/bundle.mjs";
import { staticMembersBehind } from "../../.tools/static-members.mjs";

/** What `import()` loads ends in one function of the script. `both.ts` is needed by two such parts and by nothing else. */
const program = {
  "entry.ts": `import { log } from "./log.ts";
log.push("entry");
export const first = () => import("./first.ts");
export const second = () => import("./second.ts");
export { log };`,
  "log.ts": "export const log: string[] = [];",
  "first.ts": `import { both } from "./both.ts";
import { log } from "./log.ts";
log.push("first");
export const name = both("first");
export function fail(): never {
  throw new Error(name);
}`,
  "second.ts": `import { both } from "./both.ts";
export default both("second");`,
  "both.ts": `import { log } from "./log.ts";
log.push("both");
export const both = (name: string) => name + " and both";`,
};

interface Program {
  readonly log: string[];
  readonly first: () => Promise<{ name: string; fail: () => never }>;
  readonly second: () => Promise<{ default: string }>;
}

describe("a bundle that is one classic script", () => {
  let folder: string;

  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), "sx-bundle-")), "src");
    mkdirSync(folder);
  });

  afterEach(() => {
    rmSync(join(folder, ".."), { recursive: true });
  });

  function bundle(files: Record<string, string>) {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return bundleOneFile({
      entry: join(folder, "entry.ts"),
      globalName: "Program",
      sourcemap: true,
    });
  }

  it("evaluates what comes late when it is first asked for, and once", async () => {
    const { code } = await bundle(program);
    const { log, first, second } = runInContext(`${code};Program`, createContext({})) as Program;
    expect(log).toEqual(["entry"]);
    const [one, same, other] = await Promise.all([first(), first(), second()]);
    expect(log).toEqual(["entry", "both", "first"]);
    expect(one.name).toBe("first and both");
    expect(same).toBe(one);
    expect(other.default).toBe("second and both");
  });

  it("evaluates what it needs at once without a function around it", async () => {
    const { code } = await bundle(program);
    // The mark of esbuild's wrapper around a module: it lets go of the function that it has run.
    expect(code).not.toMatch(/\(\w+=0\)/);
    expect(code).toContain('push("entry")');
  });

  it("has a source map that finds what came late", async () => {
    const { code, map } = await bundle(program);
    const at = code.indexOf("Error(");
    const lines = code.slice(0, at).split("\n");
    const entry = new SourceMap(
      JSON.parse(map!) as ConstructorParameters<typeof SourceMap>[0],
    ).findEntry(lines.length - 1, lines.at(-1)?.length ?? 0);
    expect(entry).toMatchObject({
      originalSource: expect.stringMatching(/first\.ts$/) as string,
      originalLine: 5,
    });
  });

  it("keeps private members private beside static ones", async () => {
    const { code } = await bundle({
      "entry.ts": `export class Counter {
  static readonly start = 2;
  #count = Counter.start;
  next(): number {
    return this.#step();
  }
  #step(): number {
    return this.#count++;
  }
}`,
    });
    expect(code).not.toContain("WeakMap");
    expect(code).toMatch(/#\w+\(\)/);
    expect(
      runInContext(
        `${code};const counter = new Program.Counter();[counter.next(), counter.next()]`,
        createContext({}),
      ),
    ).toEqual([2, 3]);
  });

  it("does not build a class whose static member it cannot move", () => {
    expect(() => staticMembersBehind("class Page {\n  static #first = null;\n}")).toThrow(
      /static member of Page/,
    );
  });
});
