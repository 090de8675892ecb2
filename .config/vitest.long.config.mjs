// What takes too long for `npm test`: `npm run test:long`.
import { defineConfig } from "vitest/config";
import short from "./vitest.config.mjs";

export default defineConfig({
  ...short,
  test: {
    ...short.test,
    include: ["test/{interop,engines}/**/*.long.test.ts"],
    exclude: ["node_modules/**"],
    isolate: true,
    testTimeout: 120_000,
    // Real engines, networks and clocks, for three quarters of an hour: what fails is looked at once more before it counts, and named.
    retry: 1,
  },
});
