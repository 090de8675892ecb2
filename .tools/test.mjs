// `npm test`: sets up what is missing, runs every check and sums up. The last line is `N passed, N failed`.
// `node .tools/test.mjs types lint` runs the named steps only. With TEST_MINUTES no long step begins that would not be through by then.
import { spawn } from "node:child_process";
import { ensureBrowser } from "./ensure-browser.mjs";
import { isTimeFor, longSteps } from "./long-steps.mjs";
import { program, root } from "./programs.mjs";

const vitest = (config) => [program("vitest"), "run", "--config", `.config/${config}`];

/** What has no types because it is no module of a program: it is named by its address. */
const untyped = [
  "./worker",
  "./notifications/worker",
  "./call.html",
  "./simplex/*",
  "./third-party.txt",
];
const attw = [
  "--pack",
  ".",
  "--profile",
  "esm-only",
  "--no-definitely-typed",
  "--format",
  "ascii",
  "--no-color",
];

/** What others read, one after the other. The build is made where a wanted step needs it (`built`). */
const build = { name: "build", args: [".tools/build.mjs"] };
const first = [build];

/** Each counts as one. */
const checks = [
  { name: "lint", args: [program("oxlint")] },
  {
    name: "lint elements",
    args: [program("eslint"), "--config", ".config/eslint.config.mjs", "src", "stories"],
  },
  // `src` compiles without Node, the rules and the messages of a call without a browser.
  {
    name: "types",
    args: [".tools/check-types.mjs"],
  },
  {
    name: "format",
    args: [program("prettier"), "--config", ".config/prettier.config.mjs", "--check", "."],
  },
  { name: "publint", args: [program("publint"), "--strict", "."], built: true },
  {
    name: "attw",
    args: [program("@arethetypeswrong/cli", "attw"), ...attw, "--exclude-entrypoints", ...untyped],
    built: true,
  },
  { name: "api", args: [".tools/check-api.mjs"], built: true },
  { name: "size", args: [".tools/check-size.mjs"], built: true },
  { name: "reference", args: [".tools/make-reference.mjs", "--check"], built: true },
  { name: "changesets", args: [".tools/check-changesets.mjs"] },
];

const wtr = [program("@web/test-runner", "wtr"), "--config", ".config/web-test-runner.config.mjs"];

/** They print how many tests they ran. */
const inNode = [
  { name: "node", args: vitest("vitest.config.mjs"), built: true, counted: true },
  // Only by name: `npm run test:long`.
  ...longSteps({ vitest: vitest("vitest.long.config.mjs"), wtr }),
];
const inBrowser = [
  { name: "browser", args: wtr, counted: true },
  // Storybook's controls come from the manifest, where there is one.
  {
    name: "storybook",
    args: [program("storybook"), "build", "--output-dir", "dist/storybook", "--loglevel", "warn"],
  },
  { name: "stories", args: vitest("vitest.stories.config.mjs"), counted: true },
];

const steps = [...first, ...checks, ...inBrowser, ...inNode];

/** Longer than any other step may take: one that hangs is a failure, not a wait. */
const limitMinutes = 10;

const minutesLeft = () => Number(process.env.TEST_MINUTES ?? Infinity) - process.uptime() / 60;

const wanted = process.argv.slice(2);
const isWanted = ({ name, onRequest }) =>
  wanted.length === 0
    ? !onRequest
    : wanted.some((each) => each === name || each === name.split(" ")[0]);
const unknown = wanted.filter(
  (each) => !steps.some(({ name }) => each === name || each === name.split(" ")[0]),
);
if (unknown.length > 0) fail(`There is no step ${unknown.join(", ")}.`);

const env = { ...process.env, STORYBOOK_DISABLE_TELEMETRY: "1" };
if ([...inNode, ...inBrowser].some(isWanted)) {
  try {
    env.CHROME_PATH = ensureBrowser();
  } catch (error) {
    fail(error.message);
  }
}

const chosen = steps.filter(
  (step) =>
    isWanted(step) || (step === build && steps.some((each) => each.built && isWanted(each))),
);
const results = [];
const leftOut = [];
// Two at a time: what reads nothing of the build does not wait for it.
const isReady = follow([...first]);
const waiting = [...checks];
await Promise.all([isReady.then(() => follow(waiting)), follow(waiting)]);
// One after the other: real calls and a browser each have work for both cores, and are held to times.
await follow([...inBrowser, ...inNode]);

process.stdout.write("\n");
for (const { name, passed, failed, seconds, note } of results) {
  process.stdout.write(
    `${failed ? "FAIL" : "ok  "} ${name}: ${passed} passed, ${failed} failed (${seconds} s)${note}\n`,
  );
}
if (leftOut.length > 0) process.stdout.write(`There was no time for: ${leftOut.join(", ")}.\n`);
const sum = (key) => results.reduce((total, result) => total + result[key], 0);
process.exitCode = sum("failed") > 0 ? 1 : 0;
process.stdout.write(`\n${sum("passed")} passed, ${sum("failed")} failed\n`);

/** Runs those that are chosen, one after the other, and takes each from the others who follow the same. */
async function follow(left) {
  for (let step = left.shift(); step; step = left.shift()) {
    if (!chosen.includes(step)) continue;
    if (step.built) await isReady;
    if (step.onRequest && !isTimeFor(step, minutesLeft())) leftOut.push(step.name);
    else results.push(await run(step));
  }
}

/** Runs a step: shows its output as it comes, or in one piece at the end where another step runs beside it. */
function run({ name, args, counted, variables, minutes = limitMinutes }) {
  const live = counted || chosen.length === 1;
  const start = Date.now();
  const heading = `\n── ${name} ${"─".repeat(Math.max(3, 60 - name.length))}\n`;
  if (live) process.stdout.write(heading);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...env, ...variables },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: minutes * 60_000,
    });
    let output = "";
    const take = (text) => {
      output += text;
      if (live) process.stdout.write(text);
    };
    child.stdout.setEncoding("utf8").on("data", take);
    child.stderr.setEncoding("utf8").on("data", take);
    child.on("close", (code, signal) => {
      if (!live) process.stdout.write(`${heading}${output || "ok\n"}`);
      const seconds = Math.round((Date.now() - start) / 1000);
      resolve({
        name,
        seconds,
        ...(counted ? countsOf(output, code) : once(code)),
        ...(signal && { failed: 1, note: ` ended by ${signal}` }),
      });
    });
  });
}

function once(code) {
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, note: "" };
}

/** What a runner printed last counts. A runner that broke down, or ran nothing, is a failure even if it found none. */
function countsOf(output, code) {
  const line = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
  const [passed, failed] = line ? [Number(line[1]), Number(line[2])] : [0, 0];
  if (passed + failed === 0) return { passed, failed: 1, note: " it ran no test" };
  if (code !== 0 && failed === 0) return { passed, failed: 1, note: ` it ended with code ${code}` };
  return { passed, failed, note: "" };
}

function fail(message) {
  process.stdout.write(`${message}\n\n0 passed, 1 failed\n`);
  process.exit(1);
}
