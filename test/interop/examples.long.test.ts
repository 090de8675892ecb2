import { execFile } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Browser } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { startBrowser } from "../support/interop/browsers.ts";
import { PageWatch } from "../support/interop/simplex-pages.ts";
import { FreshProject } from "../support/package/fresh-project.ts";
import { StaticServer } from "../support/package/static-server.ts";
import { stateOf, untilProtected } from "../support/package/two-views.ts";

/* The examples as a reader has them: each in a folder of its own, with the packed package, built by its own command. */

const run = promisify(execFile);
const examples = fileURLToPath(new URL("../../examples/", import.meta.url));
const names = readdirSync(examples, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

interface Manifest {
  readonly private: boolean;
  readonly scripts: { readonly build: string };
  readonly dependencies: Readonly<Record<string, string>>;
}
const manifestOf = (name: string) =>
  JSON.parse(readFileSync(join(examples, name, "package.json"), "utf8")) as Manifest;

/** Where the programs of a build lie. */
const programs: Readonly<Record<string, string>> = {
  tsc: "typescript/bin/tsc",
  vite: "vite/bin/vite.js",
};

describe("the examples", () => {
  let browser: Browser;
  let packed: FreshProject;
  let file: string;

  beforeAll(async () => {
    browser = await startBrowser("chromium");
    packed = new FreshProject();
    file = await packed.pack();
  });

  afterAll(async () => {
    await browser.close();
    packed.remove();
  });

  it("are those of the four kinds of page, private, and of this version of the package", () => {
    expect(names).toEqual(["html", "react", "svelte", "vue"]);
    const root = JSON.parse(readFileSync(join(examples, "../package.json"), "utf8")) as {
      readonly version: string;
    };
    for (const name of names) {
      const { private: isPrivate, dependencies } = manifestOf(name);
      expect([isPrivate, dependencies["sx-call-kit"]]).toEqual([true, root.version]);
    }
  });

  async function project(name: string): Promise<FreshProject> {
    const made = new FreshProject();
    onTestFinished(() => made.remove());
    made.copy(`examples/${name}`);
    await made.place(file);
    return made;
  }

  /** Presses the first button, answers in the second view, and waits for sealed frames both ways. */
  async function expectCall(folder: string, path: string): Promise<void> {
    const server = await StaticServer.start(folder);
    onTestFinished(() => server.stop());
    const page = await (await browser.createBrowserContext()).newPage();
    onTestFinished(() => page.browserContext().close());
    await page.setViewport({ width: 1000, height: 800 });
    const watch = new PageWatch(page);
    await page.goto(`${server.origin}${path}`);
    await page.locator("button ::-p-text(Call Bob)").click();
    await expect.poll(() => stateOf(page, 1), { timeout: 30_000 }).toBe("incoming none");
    await page
      .locator("section:nth-of-type(2) sx-call-view >>> sx-incoming-call >>> [part~=accept-video]")
      .click();
    await untilProtected(page, page);
    expect(await page.evaluate(() => document.querySelector("sx-call-view")?.contact.name)).toBe(
      "Bob",
    );
    expect(watch.requests.filter((url) => !url.startsWith(server.origin))).toEqual([]);
    expect(watch.problems).toEqual([]);
  }

  it.each(names)(
    "%s is built by its own command, and has a call between two contacts",
    async (name) => {
      const { folder } = await project(name);
      for (const command of manifestOf(name).scripts.build.split(" && ")) {
        const [program, ...args] = command.split(" ");
        // The test's own would have vite take the development builds.
        const env = { ...process.env, NODE_ENV: "production" };
        await run(process.execPath, [join(folder, "node_modules", programs[program!]!), ...args], {
          cwd: folder,
          env,
        });
      }
      await expectCall(join(folder, "dist"), "/index.html");
    },
    300_000,
  );

  it("html has a call with the one file, without being built", async () => {
    const { folder } = await project("html");
    await expectCall(folder, "/one-file/index.html");
  });
});
