// `npm test`: sets up what is missing, runs every check and sums up. The last line is `N passed, N failed`; above it is what failed.
// `node .tools/test.mjs lint size` runs the named steps only. With TEST_MINUTES no long step begins that would not be through by then.
// A step that has passed with the same inputs before is left out, but for where CI is set. What died under its tests runs once more.
import { spawn } from "node:child_process";
import { build, checks, inBrowsers, long, unit } from "../.config/test-steps.mjs";
import { isTimeFor } from "../.config/long-steps.mjs";
import { ensureBrowser } from "./ensure-browser.mjs";
import { watchProcessorTime } from "./processor-time.mjs";
import { root } from "./programs.mjs";
import { countsOf, once, summaryOf } from "./test-results.mjs";
import { inputsOf, passedBefore, remember } from "./unchanged.mjs";

const tests = [unit, ...inBrowsers, ...long];
const steps = [build, ...checks, ...tests];

/** Milliseconds, longer than any other step may take: one that hangs is a failure, not a wait. */
const longestStep = 20 * 60_000;

const minutesLeft = () => Number(process.env.TEST_MINUTES ?? Infinity) - process.uptime() / 60;

const wanted = process.argv.slice(2);
const isNamed = (each, { name }) => each === name || each === name.split(" ")[0];
const isWanted = (step) =>
  wanted.length === 0 ? !step.onRequest : wanted.some((each) => isNamed(each, step));
const unknown = wanted.filter((each) => !steps.some((step) => isNamed(each, step)));
if (unknown.length > 0) fail(`There is no step ${unknown.join(", ")}.`);

const env = { ...process.env, STORYBOOK_DISABLE_TELEMETRY: "1" };
if (tests.some(isWanted)) {
  try {
    process.env.CHROME_PATH = env.CHROME_PATH = ensureBrowser();
  } catch (error) {
    fail(error.message);
  }
}

const isNeeded = (step) => step === build && steps.some((each) => each.built && isWanted(each));
const chosen = steps.filter((step) => isWanted(step) || isNeeded(step));
const results = [];
const leftOut = [];
// Two at a time. Tests in browsers wait as much as they work, so the build, the checks and the unit tests have time beside
// them.
const isReady = follow([build]);
const beside = [...checks, unit];
const browsing = [...inBrowsers];
await Promise.all([
  isReady.then(() => follow(beside)).then(() => follow(browsing)),
  follow(browsing).then(() => follow(beside)),
]);
// One after the other: each has work for both cores.
await follow([...long]);

process.stdout.write(`\n${summaryOf(results)}\n`);
if (leftOut.length > 0) process.stdout.write(`Skipped for lack of time: ${leftOut.join(", ")}.\n`);
const sum = (key) => results.reduce((total, result) => total + (result[key] ?? 0), 0);
process.exitCode = sum("failed") > 0 ? 1 : 0;
process.stdout.write(
  `In all ${process.uptime().toFixed(0)} s, ${(sum("processor") + process.cpuUsage().user / 1e6).toFixed(0)} s of processor.\n`,
);
process.stdout.write(`\n${sum("passed")} passed, ${sum("failed")} failed\n`);

/** Runs those that are chosen, one after the other, and takes each from the others who follow the same. */
async function follow(left) {
  for (let step = left.shift(); step; step = left.shift()) {
    if (!chosen.includes(step)) continue;
    if (step.built) await isReady;
    if (step.onRequest && !isTimeFor(step, minutesLeft())) leftOut.push(step.name);
    else results.push(await runOnce(step));
  }
}

/** Leaves a step out that has passed before with what it reads. */
async function runOnce(step) {
  const reads = { ...step, inputs: [...(step.inputs ?? []), ...(step.built ? ["dist"] : [])] };
  const mayBeLeftOut = !step.always && !step.onRequest;
  const before = mayBeLeftOut ? passedBefore(reads) : null;
  if (before !== null)
    return { name: step.name, passed: before, failed: 0, seconds: 0, note: " unchanged" };
  const inputs = inputsOf(reads);
  const result = await run(step);
  const lost = result.lost ?? [];
  if (lost.length > 0) {
    const args = [...step.args, ...lost];
    const again = await run({ ...step, args, variables: { TEST_AGAIN: "1" } });
    for (const key of ["passed", "failed", "seconds", "processor"]) result[key] += again[key];
    result.details.push(...again.details);
    result.note += ` again, since what ran them died: ${lost.join(", ")}`;
  }
  if (mayBeLeftOut) remember(reads, result, inputs);
  return result;
}

/** Runs a step: shows its output as it comes, or in one piece at the end where another step runs beside it. */
function run({ name, args, counted, onRequest, variables, limit = longestStep }) {
  const live = onRequest || chosen.length === 1;
  const start = Date.now();
  const heading = `\n── ${name} ${"─".repeat(Math.max(3, 60 - name.length))}\n`;
  if (live) process.stdout.write(heading);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...env, ...variables },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: limit,
    });
    const processorTime = watchProcessorTime(child.pid);
    let output = "";
    const take = (text) => {
      output += text;
      if (live) process.stdout.write(text);
    };
    child.stdout.setEncoding("utf8").on("data", take);
    child.stderr.setEncoding("utf8").on("data", take);
    child.on("close", (code, signal) => {
      if (!live) process.stdout.write(`${heading}${output || "ok\n"}`);
      resolve({
        name,
        seconds: Math.round((Date.now() - start) / 1000),
        processor: processorTime(),
        ...(counted ? countsOf : once)(output, code),
        ...(signal && { ...once(output, 1), note: ` ended by ${signal}` }),
      });
    });
  });
}

function fail(message) {
  process.stdout.write(`${message}\n\n0 passed, 1 failed\n`);
  process.exit(1);
}
