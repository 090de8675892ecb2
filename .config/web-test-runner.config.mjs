import { fileURLToPath } from "node:url";
import { esbuildPlugin } from "@web/dev-server-esbuild";
import { defaultReporter } from "@web/test-runner";
import { playwrightLauncher } from "@web/test-runner-playwright";
import { visualRegressionPlugin } from "@web/test-runner-visual-regression/plugin";
import { launchOptions } from "./browser-options.mjs";
import { bundledFiles } from "./bundled-files.mjs";
import { loopback } from "./loopback.mjs";
import { sourcePaths, sourcePlugin } from "./source-plugin.mjs";
import { reopenDeadPages } from "./surviving-launcher.mjs";
import { filesOf, filesWithLongTests } from "./test-files.mjs";
import { writePages } from "./test-pages.mjs";
import { touchPlugin } from "./touch-plugin.mjs";
import { testReporter } from "./wtr-reporter.mjs";

const inProject = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const watching = process.argv.includes("--watch");
// `npm run test:long`: what takes minutes.
const long = process.env.TEST_LONG !== undefined;
const options = launchOptions();
// The heap of the soak is looked at without compiled code, which grows for hundreds of calls: V8 interprets everything.
const isSoak = process.env.TEST_LONG === "soak";
const heapFlags = isSoak
  ? ["--js-flags=--expose-gc --no-opt --no-maglev --no-sparkplug", "--enable-precise-memory-info"]
  : [];

/** Bundling pays off for many files. In watch mode, and for one file, single modules start as fast. */
const isBundled = !watching && !process.argv.includes("--files");
/** `TEST_FOLDER=elements/panel` runs the pages below a folder, as the check does. */
const folder = `test/${process.env.TEST_FOLDER ?? ""}`;
const all = [...filesOf("browser", { long }), ...(long ? filesWithLongTests("browser") : [])];
const tests = all.filter(
  (file) => file.startsWith(folder) && (!long || file.endsWith("/soak.long.test.ts") === isSoak),
);
const files = isBundled ? writePages(inProject("."), tests, long) : tests.map(inProject);

const launcher = playwrightLauncher({
  product: "chromium",
  launchOptions: { ...options, args: [...options.args, ...heapFlags] },
});
const reopening = reopenDeadPages(launcher);

export default {
  rootDir: inProject("."),
  files,
  // Also a secure context, which getUserMedia and WebCrypto demand.
  hostname: loopback,
  nodeResolve: true,
  // Real calls encode and decode video: more pages than this starve each other on two cores.
  concurrency: 2,
  browsers: [launcher],
  middleware: isBundled
    ? [bundledFiles({ root: inProject("."), files, sources: sourcePaths })]
    : [],
  plugins: [
    sourcePlugin(),
    esbuildPlugin({ ts: true, tsconfig: inProject("tsconfig.json") }),
    touchPlugin(),
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
  testFramework: { config: { ui: "bdd", timeout: long ? 300_000 : 60_000 } },
  // For what hangs: a whole folder on a busy machine takes minutes.
  browserStartTimeout: 120_000,
  testsStartTimeout: 120_000,
  testsFinishTimeout: 1_200_000,
  reporters: [reopening, watching ? defaultReporter() : testReporter()],
  filterBrowserLogs: ({ args }) => !String(args[0]).includes("Lit is in dev mode"),
};
