import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";

/** A command of npm as it might go: what it prints, and its exit code. */
interface Fake {
  readonly prints?: string;
  readonly code?: number;
}

/** Runs `.ci/run` on a machine where every package installs at once, and an npm that only prints. */
function build(test: Fake, long: Fake | null, install: Fake = {}, seconds = 5280) {
  const folder = mkdtempSync(join(tmpdir(), "sx-ci-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const programs = join(folder, "bin");
  mkdirSync(programs);
  const add = (name: string, script: string) => {
    writeFileSync(join(programs, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(programs, name), 0o755);
  };
  const fake = ({ prints = "", code = 0 }: Fake) => `printf '%s\\n' "${prints}"; exit ${code}`;
  add(
    "npm",
    `case "$*" in ci) ${fake(install)};; test) ${fake(test)};; "run test:long") ${fake(long ?? {})};; *) exit 99;; esac`,
  );
  for (const name of ["chromium", "firefox-esr", "turnserver", "WebKitWebDriver", "Xvfb", "ip"])
    add(name, "exit 1");
  for (const name of ["python3", "openssl"]) add(name, "exit 0");
  add("apt-get", "exit 0");
  const script = fileURLToPath(new URL("../../.ci/run", import.meta.url));
  const env = {
    ...process.env,
    PATH: `${programs}:${process.env.PATH ?? ""}`,
    TMPDIR: folder,
    CI_LONG: long === null ? "0" : "",
    CI_SECONDS: String(seconds),
  };
  const { status, stdout } = spawnSync("bash", [script], { env, encoding: "utf8" });
  return { status, lines: stdout.trimEnd().split("\n") };
}

const lastOf = ({ status, lines }: ReturnType<typeof build>) => [status, lines.at(-1)];
const passes = (count: number): Fake => ({ prints: `ok\n${count} passed, 0 failed` });

describe("what a build machine runs", () => {
  it("ends with the sum of the tests and of the long ones, each of which has its own line, too", () => {
    const run = build(passes(1200), passes(34));
    expect(lastOf(run)).toEqual([0, "1234 passed, 0 failed"]);
    expect(run.lines).toContain("1200 passed, 0 failed");
    expect(run.lines).toContain("34 passed, 0 failed");
  });

  it("skips the long ones on request", () => {
    expect(lastOf(build(passes(1200), null))).toEqual([0, "1200 passed, 0 failed"]);
    expect(lastOf(build({ prints: "8 passed, 2 failed", code: 1 }, null))).toEqual([
      1,
      "8 passed, 2 failed",
    ]);
  });

  it("leaves them out on a machine that has no time left, and tells them how much there is", () => {
    expect(lastOf(build(passes(1200), passes(34), {}, 0))).toEqual([0, "1200 passed, 0 failed"]);
    const reported = { prints: "minutes: $TEST_MINUTES\n1 passed, 0 failed" };
    expect(build(passes(1200), reported).lines.join()).toMatch(/minutes: 8[78]\b/);
  });

  it("makes the long tests though a short one has failed, and fails", () => {
    expect(lastOf(build({ prints: "8 passed, 2 failed", code: 1 }, passes(5)))).toEqual([
      1,
      "13 passed, 2 failed",
    ]);
    expect(lastOf(build(passes(5), { prints: "8 passed, 3 failed", code: 1 }))).toEqual([
      1,
      "13 passed, 3 failed",
    ]);
  });

  it("counts what breaks down without a number as one failure", () => {
    expect(lastOf(build(passes(5), { prints: "killed", code: 137 }))).toEqual([
      1,
      "5 passed, 1 failed",
    ]);
    expect(lastOf(build({ prints: "nothing to do" }, passes(5)))).toEqual([
      1,
      "5 passed, 1 failed",
    ]);
    expect(lastOf(build({ prints: "7 passed, 0 failed", code: 1 }, passes(5)))).toEqual([
      1,
      "12 passed, 1 failed",
    ]);
    // Output after the sum may be anything.
    expect(lastOf(build({ prints: "7 passed, 0 failed\nand more" }, passes(5)))).toEqual([
      1,
      "5 passed, 1 failed",
    ]);
  });

  it("names before its last line what failed, of the short ones too", () => {
    const failures = "FAIL node: 4 passed, 1 failed (9 s)\n     ✗ a.test.ts › adds";
    const short = {
      prints: `✗ much output\n${failures}\nok  unit: 4 passed, 0 failed\n8 passed, 1 failed`,
    };
    const { lines } = build({ ...short, code: 1 }, passes(5));
    expect(lines.slice(lines.indexOf("What failed:"))).toEqual([
      "What failed:",
      ...failures.split("\n"),
      "",
      "",
      "13 passed, 1 failed",
    ]);
    expect(build(passes(5), passes(5)).lines).not.toContain("What failed:");
  });

  it("fails where not even the installation works", () => {
    const run = build(passes(5), passes(5), { code: 1 });
    expect(lastOf(run)).toEqual([1, "0 passed, 1 failed"]);
    // The tests were not even tried.
    expect(run.lines.join("\n")).not.toContain("5 passed");
  });
});
