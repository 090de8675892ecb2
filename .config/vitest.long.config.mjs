// Tests that take too long for `npm test`: `npm run test:long`.
import { defineConfig } from "vitest/config";
import { filesOf } from "./test-files.mjs";
import short from "./vitest.config.mjs";

export default defineConfig({
  ...short,
  test: {
    ...short.test,
    include: filesOf("node", { long: true }),
    isolate: true,
    testTimeout: 120_000,
    // Real engines, networks and clocks, for three quarters of an hour: what fails is looked at once more before it counts, and named.
    retry: 1,
  },
});
