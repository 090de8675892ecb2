// Ends a run with `N passed, N failed`, which .tools/test.mjs reads, and names the files whose browser or worker died: they run once more.
import { relative } from "node:path";

/** Errors of vitest, Playwright and puppeteer for a page, browser or worker that is gone. */
const death =
  /Target (?:page, context or browser has been )?closed|Target crashed|browser has (?:been closed|disconnected)|Browser connection was closed|Session closed|Worker (?:exited|terminated)|page closed unexpectedly/i;

/** A reporter of vitest, beside its default one. */
export function countReporter() {
  // In the second run nothing is lost: it failed.
  const mayLose = process.env.TEST_AGAIN === undefined;
  return {
    onTestRunEnd(modules, unhandledErrors) {
      const died = unhandledErrors.filter(isDeath);
      const lost = mayLose ? modules.filter((module) => isLost(module, died.length > 0)) : [];
      const kept = modules.filter((module) => !lost.includes(module));
      const tests = kept.flatMap((module) => [...module.children.allTests()]);
      const count = (state) => tests.filter((test) => test.result().state === state).length;
      // A module that failed without a failed test did not load; an unhandled error belongs to no test.
      const broken = kept.filter(
        (module) => module.state() === "failed" && module.errors().length > 0,
      ).length;
      const errors = unhandledErrors.length - (lost.length > 0 ? died.length : 0);
      for (const test of tests)
        if (test.diagnostic()?.flaky) {
          const reasons = (test.result().errors ?? []).map(({ message }) => `\n  ${message}`);
          process.stdout.write(`passed in a second try: ${test.fullName}${reasons.join("")}\n`);
        }
      for (const { moduleId } of lost)
        process.stdout.write(`lost: ${relative(process.cwd(), moduleId)}\n`);
      process.stdout.write(
        `${count("passed")} passed, ${count("failed") + broken + errors} failed\n`,
      );
    },
  };
}

/** Returns `true` for a module with a death in it, or one in progress at the time of a death. */
function isLost(module, hasDied) {
  const tests = [...module.children.allTests()];
  const failures = [...module.errors(), ...tests.flatMap((test) => test.result().errors ?? [])];
  const unfinished =
    ["queued", "pending"].includes(module.state()) ||
    tests.some((test) => test.result().state === "pending");
  return failures.some(isDeath) || (hasDied && unfinished);
}

const isDeath = ({ message }) => death.test(String(message));
