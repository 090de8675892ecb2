// Unit tests: pure code in Node, many files at once in threads that share what they have loaded.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { sourceAliases } from "./source-plugin.mjs";
import { filesOf } from "./test-files.mjs";
import { countReporter } from "./vitest-reporter.mjs";

// `npm run test:long`: what takes minutes.
const long = process.env.TEST_LONG !== undefined;
const inConfig = (name) => fileURLToPath(new URL(name, import.meta.url));

export default defineConfig({
  root: inConfig(".."),
  resolve: {
    alias: [
      { find: "@open-wc/testing", replacement: inConfig("testing-in-node.mjs") },
      ...sourceAliases(),
    ],
  },
  test: {
    include: filesOf("unit", { long }),
    globals: true,
    setupFiles: [inConfig("testing-in-node.mjs")],
    pool: "threads",
    isolate: false,
    // Generous: a limit is for what hangs, and a fuzzer takes its time on a busy machine.
    testTimeout: long ? 900_000 : 120_000,
    hookTimeout: 120_000,
    reporters: ["default", countReporter()],
  },
});
