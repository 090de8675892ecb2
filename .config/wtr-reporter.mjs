// One line a file, every failure in full, and at the end the names of the failed and `N passed, N failed`, which .tools/test.mjs reads.
import { relative } from "node:path";

export function testReporter() {
  let rootDir = "";
  return {
    start({ config }) {
      rootDir = config.rootDir;
    },
    // Written at once: the logger that comes with the call is not flushed when the run ends with a failure.
    reportTestFileResults({ sessionsForTestFile, testFile }) {
      const lines = sessionsForTestFile.flatMap((session) =>
        describeSession(session, relative(rootDir, testFile)),
      );
      process.stdout.write(`${lines.join("\n")}\n`);
    },
    stop({ sessions }) {
      const tests = sessions.flatMap((session) => allTests(session.testResults));
      const failed = sessions.flatMap((session) =>
        failuresOf(session, relative(rootDir, session.testFile)),
      );
      const skipped = tests.filter((test) => test.skipped).length;
      if (skipped > 0) process.stdout.write(`${skipped} skipped\n`);
      for (const name of failed) process.stdout.write(`failed: ${name}\n`);
      const passed = tests.filter((test) => test.passed).length;
      process.stdout.write(`${passed} passed, ${failed.length} failed\n`);
    },
  };
}

/** A page that failed for another reason than a test of it (it does not load, it never ends) counts as one failure. */
function failuresOf(session, page) {
  const failed = allTests(session.testResults).filter(isFailed);
  if (failed.length === 0) return session.passed ? [] : [page];
  return failed.map(({ path }) => (isFile(path[0]) ? path : [page, ...path]).join(" › "));
}

/** A page of several files has a suite for each, of the file's name: `register-files.js`. */
function describeSession(session, page) {
  const files = new Map();
  for (const test of allTests(session.testResults)) {
    const file = isFile(test.path[0]) ? test.path[0] : page;
    files.set(file, [...(files.get(file) ?? []), test]);
  }
  const lines = [...files].flatMap(([file, tests]) => {
    const failures = tests.filter(isFailed).flatMap((test) => {
      const path = test.path.filter((name) => name !== file).join(" › ");
      return [`  ✗ ${path}`, indent(describeError(test.error))];
    });
    const state = failures.length > 0 ? "FAIL" : "ok  ";
    return [`${state} ${file} (${tests.length} tests, ${secondsOf(tests)} s)`, ...failures];
  });
  if (files.size !== 1 || session.errors.length > 0)
    lines.push(`${session.passed ? "ok  " : "FAIL"} ${page}`);
  for (const error of session.errors) lines.push(indent(describeError(error)));
  for (const url of session.request404s) lines.push(indent(`not found: ${url}`));
  for (const log of session.logs) lines.push(indent(`console: ${log.map(printable).join(" ")}`));
  return lines;
}

const secondsOf = (tests) =>
  (tests.reduce((sum, { duration = 0 }) => sum + duration, 0) / 1000).toFixed(1);

function describeError(error) {
  if (!error) return "failed without an error";
  const { message = "", stack = "", expected, actual } = error;
  const parts = [stack.includes(message) ? "" : message, stack];
  if (expected !== undefined || actual !== undefined)
    parts.push(`expected: ${expected}\nactual:   ${actual}`);
  return parts.filter(Boolean).join("\n");
}

function allTests(suite, path = []) {
  if (!suite) return [];
  const tests = suite.tests.map((test) => ({ ...test, path: [...path, test.name] }));
  return [...tests, ...suite.suites.flatMap((inner) => allTests(inner, [...path, inner.name]))];
}

const isFile = (name) => name?.endsWith(".test.ts");
const isFailed = (test) => !test.passed && !test.skipped;
const printable = (value) => (typeof value === "string" ? value : JSON.stringify(value));
const indent = (text) => text.replace(/^/gm, "    ");
