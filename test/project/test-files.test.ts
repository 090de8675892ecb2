import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { filesOf, runnerOf } from "../../.config/test-files.mjs";

const below = fileURLToPath(new URL("..", import.meta.url));
const all = readdirSync(below, { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => file.endsWith(".test.ts"));

describe("the runner of a test file", () => {
  it("is exactly one for each file, in the short check or in the long one", () => {
    const run = (["unit", "browser", "node"] as const).flatMap((runner) => [
      ...filesOf(runner),
      ...filesOf(runner, { long: true }),
    ]);
    expect(run.toSorted()).toEqual(all.map((file) => `test/${file}`).toSorted());
  });

  it("follows from its folder and its name", () => {
    expect(runnerOf("crypto/frames/sframe.test.ts")).toBe("unit");
    expect(runnerOf("new-folder/anything.test.ts")).toBe("unit");
    expect(runnerOf("crypto/worker/frame-cipher.browser.test.ts")).toBe("browser");
    expect(runnerOf("elements/call-view/fit.test.ts")).toBe("browser");
    expect(runnerOf("interop/calls.long.test.ts")).toBe("node");
    expect(runnerOf("architecture.test.ts")).toBe("node");
  });

  it("has files to run, each of them", () => {
    for (const runner of ["unit", "browser", "node"] as const)
      expect(filesOf(runner).length).toBeGreaterThan(10);
  });
});
