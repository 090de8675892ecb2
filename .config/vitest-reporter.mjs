// Ends a run with `N passed, N failed`, which .tools/test.mjs reads.

/** A reporter of vitest, beside its default one. */
export function countReporter() {
  return {
    onTestRunEnd(modules, unhandledErrors) {
      const tests = modules.flatMap((module) => [...module.children.allTests()]);
      const count = (state) => tests.filter((test) => test.result().state === state).length;
      // A module that failed without a failed test did not load; an unhandled error belongs to no test.
      const broken = modules.filter(
        (module) => module.state() === "failed" && module.errors().length > 0,
      ).length;
      for (const test of tests)
        if (test.diagnostic()?.flaky)
          process.stdout.write(`passed in a second try: ${test.fullName}\n`);
      process.stdout.write(
        `${count("passed")} passed, ${count("failed") + broken + unhandledErrors.length} failed\n`,
      );
    },
  };
}
