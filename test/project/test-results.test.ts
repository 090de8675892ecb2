import { afterEach, describe, expect, it, vi } from "vitest";
import { testReporter } from "../../.config/wtr-reporter.mjs";
import { countsOf, once, summaryOf } from "../../.tools/test-results.mjs";

const of = (name: string, result: object) => ({ name, seconds: 9, processor: null, ...result });

describe("the summary of a run", () => {
  it("names every failed test below its step", () => {
    const output =
      "lines\nfailed: a.test.ts › sums › adds\nfailed: b.test.ts\n4 passed, 2 failed\n";
    expect(
      summaryOf([of("unit", countsOf("3 passed, 0 failed", 0)), of("node", countsOf(output, 1))]),
    ).toBe(
      [
        "ok   unit: 3 passed, 0 failed (9 s)",
        "FAIL node: 4 passed, 2 failed (9 s)",
        "     ✗ a.test.ts › sums › adds",
        "     ✗ b.test.ts",
      ].join("\n"),
    );
  });

  it("shows the end of what a step printed that counts as one, if it fails", () => {
    const output = Array.from({ length: 40 }, (_, line) => `line ${line}`).join("\n");
    expect(once(output, 0).details).toEqual([]);
    const lines = summaryOf([of("lint", once(`${output}\n\n`, 1))]).split("\n");
    expect(lines[0]).toBe("FAIL lint: 0 passed, 1 failed (9 s)");
    expect(lines.slice(1)).toEqual(once(output, 1).details.map((line) => `     ${line}`));
    expect(lines).toHaveLength(16);
    expect(lines.at(-1)).toBe("     | line 39");
  });

  it("shows the end of a runner's output that crashed or ran nothing", () => {
    expect(countsOf("no such file", 1)).toMatchObject({
      ...{ passed: 0, failed: 1, note: " it ran no test", details: ["| no such file"] },
    });
    expect(countsOf("3 passed, 0 failed\nkilled", 7)).toMatchObject({
      ...{ passed: 3, failed: 1, note: " it ended with code 7" },
      details: ["| 3 passed, 0 failed", "| killed"],
    });
  });

  it("keeps what was lost for a second run", () => {
    expect(countsOf("lost: b.test.ts\n3 passed, 0 failed", 1)).toMatchObject({
      ...{ passed: 3, failed: 0, lost: ["b.test.ts"], details: [] },
    });
  });

  it("stays short where much has failed", () => {
    const names = Array.from({ length: 50 }, (_, each) => `failed: ${each}`).join("\n");
    const lines = summaryOf([of("unit", countsOf(`${names}\n0 passed, 50 failed`, 1))]).split("\n");
    expect(lines).toHaveLength(32);
    expect(lines.at(-1)).toBe("     ✗ and 20 others");
  });
});

describe("the end of a run in pages", () => {
  const page = (file: string, passed: boolean, suites: object[] = []) => ({
    ...{ passed, testFile: `/project/${file}`, errors: [], logs: [], request404s: [] },
    testResults: { name: "", tests: [], suites },
  });
  const suite = (name: string, tests: object[], suites: object[] = []) => ({ name, tests, suites });

  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("names each failed test by its own file, and a page without one", () => {
    const said: string[] = [];
    vi.spyOn(process.stdout, "write").mockImplementation((text) => said.push(String(text)) > 0);
    const reporter = testReporter();
    reporter.start({ config: { rootDir: "/project" } });
    const adds = { name: "adds", passed: false, skipped: false };
    const others = [
      { name: "divides", passed: true, skipped: false },
      { name: "rounds", passed: false, skipped: true },
    ];
    reporter.stop({
      sessions: [
        page("pages/a.js", false, [
          suite("test/a.test.ts", [], [suite("sums", [adds, ...others])]),
        ]),
        page("test/b.test.ts", false, [suite("sums", [adds])]),
        page("pages/c.js", false),
      ],
    });
    expect(said.map((line) => line.trim())).toEqual([
      "1 skipped",
      "failed: test/a.test.ts › sums › adds",
      "failed: test/b.test.ts › sums › adds",
      "failed: pages/c.js",
      "1 passed, 3 failed",
    ]);
  });
});
