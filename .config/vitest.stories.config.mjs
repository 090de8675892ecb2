// Every story is a test: it renders, its play function passes, and axe finds nothing.
import { fileURLToPath } from "node:url";
import { storybookTest } from "@storybook/addon-vitest/vitest-plugin";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { launchOptions } from "./browser-options.mjs";
import { loopback } from "./loopback.mjs";
import { countReporter } from "./vitest-reporter.mjs";

// `npm run test:long`: the stories that show again what another one does.
const long = process.env.TEST_LONG !== undefined;
/**
 * By their names: another size, medium, direction or colour of a story, galleries of one part in all its states, the courses of simulated
 * calls, and what the tests of an element in a browser do as well: a call between two views, and a note up to its end.
 */
const repeats = [
  ...["Dark", "Right To Left", "Narrow", "Medium", "Wide", "Tiny", "On Its Side", "On Phone"],
  ...["Over Video", "Over White", "Over Another Call", "Banner .*", "Audio", "Like .*"],
  ...["Panels", "Failures", "Endings", "Protection", "Every Verdict", "Permission (?!Chrome$).*"],
  ...["Declined", "Busy", "Unanswered", "Poor Network", "Reconnection", "Lost", "Stuck"],
  ...["On A Desktop", "Low Video", "Twice As Large", "Text At .*", "Window", "Large Text"],
  ...["Offered Video", "Recording Video", "Recorded", "Sent", "Connected"],
  ...["Tampering", "Old Peer", "Camera Refused", "Second Call", "In Another Corner", "Swapped"],
].join("|");
const isRepeat = `(?:^|\\s)(?:${repeats})$`;

const inProject = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

export default defineConfig({
  root: inProject("."),
  plugins: [storybookTest({ configDir: inProject(".storybook") })],
  test: {
    name: "stories",
    testTimeout: 60_000,
    // One page for all: each would load Storybook, the elements and axe again, for a second and a half of processor time.
    isolate: false,
    testNamePattern: long ? new RegExp(isRepeat) : new RegExp(`^(?!.*${isRepeat})`),
    reporters: ["default", countReporter()],
    browser: {
      enabled: true,
      headless: true,
      // Vite makes the page of each story file first, beside whatever else the machine does.
      connectTimeout: 300_000,
      api: { host: loopback },
      provider: playwright({ launchOptions: launchOptions() }),
      instances: [{ browser: "chromium" }],
    },
  },
});
