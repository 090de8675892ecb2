// `npm run bench`: every figure beside its limit or its peer, measured in the same run. `npm run bench NAME` runs one.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startDevServer } from "@web/dev-server";
import { chromium } from "playwright";
import { ensureBrowser } from "../.tools/ensure-browser.mjs";
import config from "../web-dev-server.config.mjs";
import { launchOptions } from "../.config/browser-options.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
process.env.CHROME_PATH = ensureBrowser();
const here = new URL(".", import.meta.url);
const names = readdirSync(here, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0)
  throw new Error(`There is no bench ${unknown.join(", ")}; there are ${names.join(", ")}.`);

// Without watch mode, which would reload the pages during a call whenever a file is saved.
const once = {
  logStartMessage: false,
  readCliArgs: false,
  readFileConfig: false,
  autoExitProcess: false,
};
// Uses the production build of Lit, as users do; the dev server would use the development build.
const nodeResolve = { exportConditions: ["production", "default"] };
const server = await startDevServer({
  ...once,
  config: { ...config, nodeResolve, watch: false, open: false },
});
const browser = await chromium.launch(launchOptions());
try {
  for (const name of wanted.length > 0 ? wanted : names) {
    const { run } = await import(new URL(`${name}/run.mjs`, here).href);
    process.stdout.write(`\n${name}\n`);
    await run({ browser, address: `http://127.0.0.1:${server.config.port}/bench/${name}/` });
  }
} finally {
  await browser.close();
  await server.stop();
}
