// Every story is a test: it renders, its play function passes, and axe finds nothing.
import { fileURLToPath } from "node:url";
import { storybookTest } from "@storybook/addon-vitest/vitest-plugin";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { launchOptions } from "../.tools/find-browser.mjs";
import { loopback } from "./loopback.mjs";
import { countReporter } from "./vitest-reporter.mjs";

const inProject = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

export default defineConfig({
  root: inProject("."),
  plugins: [storybookTest({ configDir: inProject(".storybook") })],
  test: {
    name: "stories",
    testTimeout: 30_000,
    reporters: ["default", countReporter()],
    browser: {
      enabled: true,
      headless: true,
      api: { host: loopback },
      provider: playwright({ launchOptions: launchOptions() }),
      instances: [{ browser: "chromium" }],
    },
  },
});
