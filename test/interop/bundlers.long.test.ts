import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { startBrowser } from "../support/interop/browsers.ts";
import { PageWatch } from "../support/interop/simplex-pages.ts";
import { BundlerProject, setups } from "../support/package/bundlers.ts";
import { FreshProject } from "../support/package/fresh-project.ts";
import { StaticServer } from "../support/package/static-server.ts";
import {
  callBetween,
  emptyTags,
  serverTags,
  untilProtected,
} from "../support/package/two-views.ts";

/* The packed package in every bundler of docs/guides/bundlers.md: a protected call, and where its frames are sealed. */

const run = promisify(execFile);
const guide = readFileSync(new URL("../../docs/guides/bundlers.md", import.meta.url), "utf8");

/** What the guide says of a set-up: where frames are sealed. */
function promised(name: string): string {
  const row = guide.split("\n").find((line) => line.startsWith(`| ${name} `));
  if (row === undefined) throw new Error(`docs/guides/bundlers.md has no row for ${name}.`);
  return row.split("|")[2]!.trim();
}

describe("the packed package", () => {
  let browser: Browser;
  let packed: FreshProject;
  let kit: string;

  beforeAll(async () => {
    browser = await startBrowser("chromium");
    packed = new FreshProject();
    kit = await packed.pack();
  });

  afterAll(async () => {
    await browser.close();
    packed.remove();
  });

  async function open(url: string): Promise<{ page: Page; watch: PageWatch }> {
    const page = await (await browser.createBrowserContext()).newPage();
    onTestFinished(() => page.browserContext().close());
    const watch = new PageWatch(page);
    await page.goto(url);
    await page.waitForFunction("globalThis.views?.length === 2 || globalThis.problems", {
      timeout: 60_000,
    });
    await page.waitForFunction(
      `[...document.querySelectorAll("sx-call-view")].every((view) => view.shadowRoot && view.contact?.name !== "")`,
    );
    return { page, watch };
  }

  it.each(Object.entries(setups))(
    "has a protected call, made by %s, and tells where frames are sealed",
    async (name, setup) => {
      const project = await BundlerProject.make(setup, kit);
      onTestFinished(() => project.stop());
      let url: string;
      if (setup.serve === undefined) {
        const said = await project.build();
        expect(said).not.toMatch(/this && this|top-level "this"|"this" has been rewritten/);
        const server = await StaticServer.start(project.out);
        onTestFinished(() => server.stop());
        url = `${server.origin}/index.html`;
      } else url = await project.serve();
      const { page, watch } = await open(url);
      await callBetween(page, page);
      await untilProtected(page, page);
      const [sealed, problems] = await page.evaluate(() => {
        const view = document.querySelector("sx-call-view") as unknown as {
          snapshot: { protection: { sealedIn?: string } };
        };
        const reported = (globalThis as unknown as { problems: string[] }).problems;
        return [view.snapshot.protection.sealedIn, reported] as const;
      });
      expect({ sealed, problems: [...new Set(problems)] }).toEqual(
        promised(name) === "worker"
          ? { sealed: "worker", problems: [] }
          : { sealed: "page", problems: ["worker-unavailable"] },
      );
      // A server for development has Lit's own development build.
      const isExpected = (text: string) =>
        (promised(name) !== "worker" && /worker|404/.test(text)) ||
        (setup.serve !== undefined && text.includes("Lit is in dev mode"));
      expect(watch.problems.filter((text) => !isExpected(text))).toEqual([]);
      if (setup.rendered === undefined) return;
      const answer = await fetch(new URL(setup.rendered, url));
      expect(serverTags(await answer.text())).toEqual(emptyTags);
    },
    600_000,
  );

  it("is rendered on a server as empty tags, all eight of them, and needs no DOM to be imported", async () => {
    const project = await BundlerProject.make(
      { packages: { "@lit-labs/ssr": "4.1.0" }, files: {} },
      kit,
    );
    writeFileSync(
      join(project.folder, "render.mjs"),
      `import "sx-call-kit/define";
import { render } from "@lit-labs/ssr";
import { collectResult } from "@lit-labs/ssr/lib/render-result.js";
import { html } from "lit";
console.log(await collectResult(render(html\`${emptyTags.map(([tag]) => `<${tag}></${tag}>`).join("")}\`)));`,
    );
    writeFileSync(
      join(project.folder, "import.mjs"),
      `import "sx-call-kit/define"; import * as kit from "sx-call-kit"; console.log(Object.keys(kit).length > 20);`,
    );
    const { stdout: imported } = await run(process.execPath, ["import.mjs"], {
      cwd: project.folder,
    });
    expect(imported.trim()).toBe("true");
    const { stdout } = await run(process.execPath, ["render.mjs"], { cwd: project.folder });
    expect(serverTags(stdout)).toEqual(emptyTags);
  }, 300_000);
});
