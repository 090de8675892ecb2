import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser } from "puppeteer-core";
import { startBrowser } from "../support/interop/browsers.ts";
import { PageWatch } from "../support/interop/simplex-pages.ts";
import { FreshProject } from "../support/package/fresh-project.ts";
import { StaticServer } from "../support/package/static-server.ts";
import { stateOf, untilProtected } from "../support/package/two-views.ts";

/** The README's first example, as a reader copies it. */
function firstExample(): string {
  const readme = readFileSync(fileURLToPath(new URL("../../README.md", import.meta.url)), "utf8");
  const found = /<!-- first-example -->\s*```html\n([\s\S]*?)```/.exec(readme);
  if (found === null) throw new Error("README.md has no example behind <!-- first-example -->");
  return found[1]!;
}

describe("a fresh project", () => {
  let browser: Browser;
  let project: FreshProject;
  let server: StaticServer | undefined;

  beforeAll(async () => {
    browser = await startBrowser("chromium");
    project = new FreshProject();
  });

  afterAll(async () => {
    await browser.close();
    server?.stop();
    project.remove();
  });

  it(
    "installs the packed file, follows the first example of the README, and has a call between two pages",
    { tags: "long", timeout: 180_000 },
    async () => {
      writeFileSync(join(project.folder, "package.json"), '{ "private": true, "type": "module" }');
      await project.install(await project.pack());
      expect(existsSync(join(project.folder, "node_modules/sx-call-kit/dist/index.js"))).toBe(true);
      expect(existsSync(join(project.folder, "node_modules/react"))).toBe(false);

      const html = firstExample();
      const script = /<script type="module">([\s\S]*?)<\/script>/.exec(html);
      const contents = script![1]!;
      writeFileSync(join(project.folder, "main.js"), contents);
      const outdir = join(project.folder, "public");
      const common = { bundle: true, format: "esm", outdir, logLevel: "silent" } as const;
      await build({ ...common, entryPoints: [join(project.folder, "main.js")] });
      // A worker is loaded by address: to know that, esbuild has to be told, other bundlers are not.
      const worker = join(project.folder, "node_modules/sx-call-kit/dist/crypto/worker/worker.js");
      await build({ ...common, entryPoints: [worker] });
      const page = html.replace(script![0], '<script type="module" src="main.js"></script>');
      writeFileSync(join(outdir, "index.html"), page);
      server = await StaticServer.start(outdir);
      const { origin } = server;

      // Two pages of one browser, as the example says.
      const context = await browser.createBrowserContext();
      const [caller, callee] = [await context.newPage(), await context.newPage()];
      const watches = [new PageWatch(caller), new PageWatch(callee)];
      for (const one of [caller, callee]) await one.goto(`${origin}/index.html`);
      await caller.bringToFront();
      await caller.locator("#call").click();
      await expect.poll(() => stateOf(callee), { timeout: 30_000 }).toBe("incoming none");
      await callee.bringToFront();
      await callee.locator("sx-call-view >>> sx-incoming-call >>> [part~=accept-video]").click();
      await untilProtected(caller, callee);
      expect(
        watches.flatMap(({ requests }) => requests).filter((url) => !url.startsWith(origin)),
      ).toEqual([]);
      expect(watches.flatMap(({ problems }) => problems)).toEqual([]);
    },
  );
});
