// The tests that need Node: the project's own, the demo page driven from outside in a real browser, and calls between two browsers.
import { fileURLToPath } from "node:url";
import { filesOf } from "./test-files.mjs";
import { countReporter } from "./vitest-reporter.mjs";

// `npm run test:long` with TEST_LONG: the tests that are tagged, in place of all others.
const long = process.env.TEST_LONG !== undefined;

/** @type {import("vitest/config").ViteUserConfig} */
export default {
  root: fileURLToPath(new URL("..", import.meta.url)),
  test: {
    environment: "node",
    include: filesOf("node"),
    tags: [{ name: "long", description: "Another test of its file stands for its kind." }],
    tagsFilter: [long ? "long" : "!long"],
    // A test of the demo page makes whole calls; two at a time would starve each other on two cores.
    fileParallelism: false,
    // One process for all: each would load the browsers' drivers and the compiler again.
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // As `test/support/wait-until.ts`: for what hangs, not for what is slow.
    expect: { poll: { timeout: 30_000 } },
    reporters: ["default", countReporter()],
  },
};
