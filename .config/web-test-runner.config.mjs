import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { esbuildPlugin } from "@web/dev-server-esbuild";
import { defaultReporter } from "@web/test-runner";
import { playwrightLauncher } from "@web/test-runner-playwright";
import { visualRegressionPlugin } from "@web/test-runner-visual-regression/plugin";
import { launchOptions } from "../.tools/find-browser.mjs";
import { bundledFiles } from "./bundled-files.mjs";
import { loopback } from "./loopback.mjs";
import { sourcePaths, sourcePlugin } from "./source-plugin.mjs";
import { testReporter } from "./wtr-reporter.mjs";

const inProject = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const watching = process.argv.includes("--watch");
// `npm run test:long`: what takes minutes.
const { TEST_LONG } = process.env;
const long = TEST_LONG !== undefined;
const options = launchOptions();
// The heap of the soak is looked at without compiled code, which grows for hundreds of calls: V8 interprets everything.
const engineFlags =
  TEST_LONG === "soak" ? "--expose-gc --no-opt --no-maglev --no-sparkplug" : "--expose-gc";
const heapFlags = long ? [`--js-flags=${engineFlags}`, "--enable-precise-memory-info"] : [];

/** All at once pays where many are run. Whoever watches wants what changed alone, and one test is there as soon without. */
const isBundled = !watching && !process.argv.includes("--files");
const tests = readdirSync(inProject("test"), { recursive: true })
  .filter(
    (file) => file.endsWith(".test.ts") && !/^(?:architecture|project|demo|interop)\b/.test(file),
  )
  .map((file) => inProject(`test/${file}`));

export default {
  rootDir: inProject("."),
  // All but what needs Node: see vitest.config.mjs.
  files: [
    TEST_LONG === "soak"
      ? "test/calls/soak.long.test.ts"
      : long
        ? "test/**/!(soak).long.test.ts"
        : "test/**/!(*.long).test.ts",
    ...["!test/architecture.test.ts", "!test/project/**", "!test/demo/**", "!test/interop/**"],
  ],
  // Also a secure context, which getUserMedia and WebCrypto demand.
  hostname: loopback,
  nodeResolve: true,
  // Real calls encode and decode video: more pages than this starve each other on two cores.
  concurrency: 2,
  browsers: [
    playwrightLauncher({
      product: "chromium",
      launchOptions: { ...options, args: [...options.args, ...heapFlags] },
    }),
  ],
  middleware: isBundled
    ? [bundledFiles({ root: inProject("."), files: tests, sources: sourcePaths })]
    : [],
  plugins: [
    sourcePlugin(),
    esbuildPlugin({ ts: true, tsconfig: inProject("tsconfig.json") }),
    // The pictures of test/visual. `--update-visual-baseline` takes new ones: look at them before they are committed.
    visualRegressionPlugin({
      update: process.argv.includes("--update-visual-baseline"),
      baseDir: inProject("test/visual"),
      getBaselineName: ({ name }) => `baseline/${name}`,
      getFailedName: ({ name }) => `failed/${name}`,
      getDiffName: ({ name }) => `failed/${name}.diff`,
      // Another machine smooths the edges of letters in another way: that is no change of the design.
      diffOptions: { threshold: 0.25 },
      failureThresholdType: "percent",
      failureThreshold: 0.6,
    }),
  ],
  testFramework: { config: { ui: "bdd", timeout: 15_000 } },
  testsFinishTimeout: long ? 1_200_000 : 180_000,
  reporters: [watching ? defaultReporter() : testReporter()],
  filterBrowserLogs: ({ args }) => !String(args[0]).includes("Lit is in dev mode"),
};
