import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { inputsOf, passedBefore, remember } from "../../.tools/unchanged.mjs";

describe("a step that has passed", () => {
  let folder: string;
  const step = { name: "unit", args: ["run"], inputs: ["src", "one.json"], outputs: ["dist"] };
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  const run = (result = { passed: 3, failed: 0 }, of = step) =>
    remember(of, result, inputsOf(of, folder), folder);
  const before = (of = step) => passedBefore(of, folder);

  beforeEach(() => {
    vi.stubEnv("CI", undefined);
    folder = mkdtempSync(join(tmpdir(), "sx-unchanged-"));
    for (const file of ["src/a.ts", "src/deep/b.ts", "one.json", "dist/a.js", ".tools/x.mjs"])
      write(file, file);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  it("is known with its count, as long as nothing changes", () => {
    expect(before()).toBe(null);
    run();
    expect(before()).toBe(3);
    // The same content, written anew.
    write("src/a.ts", "src/a.ts");
    expect(before()).toBe(3);
  });

  it.each<[string, () => void]>([
    ["a file of an input folder is changed", () => write("src/deep/b.ts", "x")],
    ["a file is there in addition", () => write("src/c.ts", "")],
    ["a file is gone", () => rmSync(join(folder, "src/a.ts"))],
    [
      "a file has another name",
      () => {
        rmSync(join(folder, "src/a.ts"));
        write("src/z.ts", "src/a.ts");
      },
    ],
    ["an input that is a file is changed", () => write("one.json", "x")],
    ["what every step reads is changed", () => write(".tools/x.mjs", "x")],
    ["what it has made is changed", () => write("dist/a.js", "x")],
    ["what it has made is gone", () => rmSync(join(folder, "dist"), { recursive: true })],
  ])("runs again where %s", (_, change) => {
    run();
    change();
    expect(before()).toBe(null);
  });

  it("runs again with other arguments, and in another browser", () => {
    run();
    expect(before({ ...step, args: ["run", "--all"] })).toBe(null);
    vi.stubEnv("CHROME_PATH", "/another");
    expect(before()).toBe(null);
  });

  it("runs again where an input has changed while it ran", () => {
    const inputs = inputsOf(step, folder);
    write("src/a.ts", "saved meanwhile");
    remember(step, { passed: 3, failed: 0 }, inputs, folder);
    expect(before()).toBe(null);
  });

  it("does not mind other files, packages and what a run leaves behind", () => {
    run();
    for (const file of ["docs/a.md", "src/node_modules/a.js", "dist/storybook/a.js", "src/a.log"])
      write(file, "x");
    expect(before()).toBe(3);
  });

  it("is forgotten when it fails", () => {
    run();
    run({ passed: 2, failed: 1 });
    expect(before()).toBe(null);
  });

  it("says nothing of other steps", () => {
    run();
    expect(before({ ...step, name: "browser" })).toBe(null);
    run({ passed: 5, failed: 0 }, { ...step, name: "browser" });
    expect([before(), before({ ...step, name: "browser" })]).toEqual([3, 5]);
  });

  it("always runs where CI is set", () => {
    run();
    vi.stubEnv("CI", "1");
    expect(before()).toBe(null);
  });

  it("runs where what was taken down cannot be read", () => {
    run();
    write("node_modules/.cache/sx-call-kit/passed.json", "{");
    expect(before()).toBe(null);
  });
});
