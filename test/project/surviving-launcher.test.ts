import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { program, root } from "../../.tools/programs.mjs";

/** Runs a file of tests that ends its own browser. */
async function run(file: string) {
  const config = "test/support/dying-browser/wtr.config.mjs";
  const args = [program("@web/test-runner", "wtr"), "--config", config, "--files", file];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  const output = await text(child.stdout);
  return output.split("\n");
}

describe("a browser that dies in the middle of a run", () => {
  it(
    "costs a second try in a fresh one, which is named",
    { tags: "long", timeout: 240_000 },
    async () => {
      const file = "test/support/dying-browser/once.ts";
      const output = await run(file);
      expect(output).toContain(`again in a fresh browser: ${file}`);
      expect(output).toContain("1 passed, 0 failed");
    },
  );

  it("is a failure the second time", { tags: "long", timeout: 240_000 }, async () => {
    const output = await run("test/support/dying-browser/twice.ts");
    expect(output).toContain("0 passed, 1 failed");
    expect(output.join("\n")).toContain("The page or its browser died twice.");
  });
});
