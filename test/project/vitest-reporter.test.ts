import { afterEach, describe, expect, it, vi } from "vitest";
import { countReporter } from "../../.config/vitest-reporter.mjs";

type State = "passed" | "failed" | "pending";

/** A test file as vitest reports it. */
function aModule(name: string, state: State | "queued", tests: [State, string?][], error?: string) {
  return {
    moduleId: `${process.cwd()}/${name}`,
    state: () => state,
    errors: () => (error === undefined ? [] : [{ message: error }]),
    children: {
      allTests: () =>
        tests.map(([result, message]) => ({
          fullName: "sums > adds",
          diagnostic: () => undefined,
          result: () => ({
            state: result,
            errors: message === undefined ? [] : [{ message }],
          }),
        })),
    },
  };
}

function lines(modules: ReturnType<typeof aModule>[], errors: { message: string }[] = []) {
  const said: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => said.push(String(text)) > 0);
  countReporter().onTestRunEnd(modules, errors);
  vi.restoreAllMocks();
  return said.map((line) => line.trim());
}

const closed = "page.click: Target page, context or browser has been closed";

describe("the count of a run", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it("is that of its tests, with each file that did not load, and the names of both", () => {
    expect(
      lines([
        aModule("a", "failed", [["passed"], ["failed", "1 is not 2"]]),
        aModule("b", "failed", [], "no such module"),
      ]),
    ).toEqual(["failed: a › sums › adds", "failed: b", "1 passed, 2 failed"]);
  });

  it("leaves out a file whose browser died, and names it", () => {
    vi.stubEnv("TEST_AGAIN", undefined);
    expect(
      lines([aModule("a", "passed", [["passed"]]), aModule("b", "failed", [["failed", closed]])]),
    ).toEqual(["lost: b", "1 passed, 0 failed"]);
  });

  it("drops tests in progress when a worker died, and keeps earlier failures", () => {
    vi.stubEnv("TEST_AGAIN", undefined);
    expect(
      lines(
        [
          aModule("a", "pending", [["passed"], ["pending"]]),
          aModule("b", "failed", [["failed", "1 is not 2"]]),
        ],
        [{ message: "Worker exited unexpectedly" }],
      ),
    ).toEqual(["lost: a", "failed: b › sums › adds", "0 passed, 1 failed"]);
  });

  it("counts a death in the second run as a failure", () => {
    vi.stubEnv("TEST_AGAIN", "1");
    expect(lines([aModule("b", "failed", [["failed", closed]])])).toEqual([
      "failed: b › sums › adds",
      "0 passed, 1 failed",
    ]);
  });

  it("names an error of no test by its first line", () => {
    expect(
      lines([aModule("a", "passed", [["passed"]])], [{ message: "no such page\nat line 3" }]),
    ).toEqual(["failed: outside of every test: no such page", "1 passed, 1 failed"]);
  });
});
