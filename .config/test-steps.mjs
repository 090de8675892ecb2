// The steps of .tools/test.mjs: their commands and what they read, by content. `built` needs the build; `counted` prints how many tests it
// ran, where any other step counts as one; `onRequest` runs by name only, and takes so many minutes on two cores (`taken`).
import { readdirSync } from "node:fs";
import { longSteps } from "./long-steps.mjs";
import { program, root } from "../.tools/programs.mjs";

/** Modules without types, named by URL. */
const untyped = [
  "./worker",
  "./notifications/worker",
  "./call.html",
  "./simplex/*",
  "./third-party.txt",
  "./effects/background-worker",
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

const extractor = ["--config", ".config/api-extractor.json"];

const code = ["src", "test", "stories", "demo", "bench", ".storybook", "examples"];
const everything = readdirSync(root).filter(
  (name) => !["node_modules", "dist", ".git"].includes(name),
);

/** Steps whose output others read, in order. The build runs where a step needs it (`built`). */
export const build = {
  name: "build",
  args: [".tools/build.mjs"],
  inputs: ["src"],
  outputs: ["dist"],
};

/** Each counts as one. */
export const checks = [
  { name: "lint", args: [program("oxlint")], inputs: [...code, ".oxlintrc.jsonc"] },
  {
    name: "lint elements",
    args: [program("eslint"), "--config", ".config/eslint.config.mjs", "src", "stories"],
    inputs: ["src", "stories"],
  },
  // The linter checks types, too: the compiler's own programs are for the long part. `src` compiles without Node, the rules and the messages
  // of a call without a browser. TypeScript 6 stays for what has no native form yet: declarations and its API.
  ...["tsconfig.json", "src", ".config/tsconfig.pure.json"].map((project) => ({
    name: `long types of ${project}`,
    args: [program("@typescript/native-preview", "tsgo"), "--noEmit", "--project", project],
    inputs: code,
    onRequest: true,
    taken: 0.3,
  })),
  {
    name: "format",
    args: [program("oxfmt"), "--config", ".config/oxfmt.json", "--check", "."],
    inputs: everything,
  },
  { name: "publint", args: [program("publint"), "--strict", "."], built: true },
  // It packs the package, and test/project/package-types.test.ts compiles against what is packed.
  {
    name: "long attw",
    args: [program("@arethetypeswrong/cli", "attw"), ...attw, "--exclude-entrypoints", ...untyped],
    built: true,
    onRequest: true,
    taken: 0.5,
  },
  {
    name: "api",
    args: [program("@microsoft/api-extractor", "api-extractor"), "run", ...extractor],
    built: true,
    inputs: ["docs/api"],
  },
  { name: "size", args: [".tools/check-size.mjs"], built: true },
  {
    name: "reference",
    args: [".tools/make-reference.mjs", "--check"],
    built: true,
    inputs: ["src", "docs/reference.md"],
  },
  // Asks the history, which is no file: never left out.
  { name: "changesets", args: [".tools/check-changesets.mjs"], always: true },
];

const wtr = [program("@web/test-runner", "wtr"), "--config", ".config/web-test-runner.config.mjs"];
const vitest = (config) => [program("vitest"), "run", "--config", `.config/${config}`];
const stories = vitest("vitest.stories.config.mjs");
export const unit = {
  name: "unit",
  args: vitest("vitest.unit.config.mjs"),
  counted: true,
  inputs: code,
};

/** They print how many tests they ran, as the unit tests do. The two that take longest come first. */
export const inBrowsers = [
  { name: "browser", args: wtr, counted: true, inputs: code },
  {
    name: "node",
    args: vitest("vitest.config.mjs"),
    built: true,
    counted: true,
    inputs: everything,
  },
  {
    name: "stories",
    args: stories,
    built: true,
    counted: true,
    inputs: code,
  },
];
/** Only by name: `npm run test:long`. */
export const long = longSteps({
  vitest: vitest("vitest.long.config.mjs"),
  node: vitest("vitest.config.mjs"),
  unit: unit.args,
  wtr,
  stories,
});
