// A run whose tests can end their own browser, for test/project/surviving-launcher.test.ts.
import { fileURLToPath } from "node:url";
import { esbuildPlugin } from "@web/dev-server-esbuild";
import { playwrightLauncher } from "@web/test-runner-playwright";
import { loopback } from "../../../.config/loopback.mjs";
import { reopenDeadPages } from "../../../.config/surviving-launcher.mjs";
import { testReporter } from "../../../.config/wtr-reporter.mjs";
import { launchOptions } from "../../../.config/browser-options.mjs";

const launcher = playwrightLauncher({ product: "chromium", launchOptions: launchOptions() });
const reopening = reopenDeadPages(launcher);
let deaths = 0;

export default {
  rootDir: fileURLToPath(new URL("../../..", import.meta.url)),
  hostname: loopback,
  nodeResolve: true,
  browsers: [launcher],
  plugins: [
    esbuildPlugin({ ts: true }),
    {
      name: "end-browser",
      /** Ends the browser as often as it is asked to in all. */
      async executeCommand({ command, payload }) {
        if (command !== "end-browser") return undefined;
        if (deaths >= payload.times) return { ended: false };
        deaths += 1;
        const session = await launcher.browser.newBrowserCDPSession();
        await session.send("Browser.crash").catch(() => undefined);
        return { ended: true };
      },
    },
  ],
  reporters: [reopening, testReporter()],
};
