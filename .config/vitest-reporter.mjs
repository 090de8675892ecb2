// Ends a run with `N passed, N failed`, which .tools/test.mjs reads, and names what failed before it, and the files whose
// browser or worker died: they run once more.
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
      const isFailed = (test) => test.result().state === "failed";
      // A module that failed without a failed test did not load; an unhandled error belongs to no test.
      const failed = [
        ...kept.flatMap((module) => [
          ...(module.state() === "failed" && module.errors().length > 0 ? [nameOf(module)] : []),
          ...[...module.children.allTests()]
            .filter(isFailed)
            .map((test) => `${nameOf(module)} › ${test.fullName.replaceAll(" > ", " › ")}`),
        ]),
        ...unhandledErrors
          .filter((error) => lost.length === 0 || !died.includes(error))
          .map(({ message }) => `outside of every test: ${String(message).split("\n")[0]}`),
      ];
      for (const test of tests)
        if (test.diagnostic()?.flaky) {
          const reasons = (test.result().errors ?? []).map(({ message }) => `\n  ${message}`);
          process.stdout.write(`passed in a second try: ${test.fullName}${reasons.join("")}\n`);
        }
      for (const module of lost) process.stdout.write(`lost: ${nameOf(module)}\n`);
      for (const name of failed) process.stdout.write(`failed: ${name}\n`);
      const passed = tests.filter((test) => test.result().state === "passed").length;
      process.stdout.write(`${passed} passed, ${failed.length} failed\n`);
    },
  };
}

const nameOf = ({ moduleId }) => relative(process.cwd(), moduleId);

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
