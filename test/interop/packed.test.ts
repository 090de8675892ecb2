import { execFile, spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify, stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { Browser } from "puppeteer-core";
import { startBrowser } from "../support/interop/browsers.ts";
import { PageWatch } from "../support/interop/simplex-pages.ts";
import { FreshProject } from "../support/package/fresh-project.ts";
import { stateOf, untilProtected } from "../support/package/two-views.ts";

const run = promisify(execFile);
const readme = readFileSync(fileURLToPath(new URL("../../README.md", import.meta.url)), "utf8");

/** The README's first example, as a reader copies it. */
function firstExample(): string {
  const found = /<!-- first-example -->\s*```html\n([\s\S]*?)```/.exec(readme);
  if (found === null) throw new Error("README.md has no example behind <!-- first-example -->");
  return found[1]!;
}

/** The README's steps to a first call, each with its commands and files in code. */
function firstSteps(): string[] {
  const found = /<!-- first-call -->\s*((?:\d+\. .*\n)+)/.exec(readme);
  if (found === null) throw new Error("README.md has no steps behind <!-- first-call -->");
  return found[1]!.trim().split("\n");
}

describe("a fresh project", () => {
  let browser: Browser;
  let project: FreshProject;
  let packed: FreshProject;

  beforeAll(async () => {
    browser = await startBrowser("chromium");
    project = new FreshProject();
    packed = new FreshProject();
  });

  afterAll(async () => {
    await browser.close();
    project.remove();
    packed.remove();
  });

  it(
    "makes the first call of the README by its steps, at most 6, exactly as they are written",
    { tags: "long", timeout: 300_000 },
    async () => {
      const steps = firstSteps();
      expect(steps.length).toBeLessThanOrEqual(6);
      const commands = steps.flatMap((step) => /`(np[mx] [^`]+)`/.exec(step)?.[1] ?? []);
      const last = commands.pop()!;
      const registry = await project.registry(await packed.pack());
      onTestFinished(() => registry.stop());
      const settings = { cwd: project.folder, env: registry.env };
      for (const command of commands) await run("sh", ["-c", command], settings);
      expect(existsSync(join(project.folder, "node_modules/sx-call-kit/dist/index.js"))).toBe(true);
      expect(existsSync(join(project.folder, "node_modules/react"))).toBe(false);
      const file = steps.flatMap((step) => /`([\w.]+\.html)`/.exec(step)?.[1] ?? [])[0]!;
      writeFileSync(join(project.folder, file), firstExample());
      // A group of its own: npx does not take its children along.
      const server = spawn("sh", ["-c", last], { ...settings, detached: true });
      onTestFinished(() => void process.kill(-server.pid!));
      const address = await new Promise<string>((resolve) => {
        let said = "";
        server.stdout.on("data", (text: Buffer) => {
          said += stripVTControlCharacters(text.toString());
          const found = /(http:\/\/localhost:\d+\/)/.exec(said);
          if (found) resolve(found[1]!);
        });
      });

      // Two tabs of one browser.
      const context = await browser.createBrowserContext();
      const [caller, callee] = [await context.newPage(), await context.newPage()];
      const watches = [new PageWatch(caller), new PageWatch(callee)];
      for (const one of [caller, callee]) await one.goto(address);
      await caller.bringToFront();
      await caller.locator("button ::-p-text(Call)").click();
      await expect.poll(() => stateOf(callee), { timeout: 30_000 }).toBe("incoming none");
      await callee.bringToFront();
      await callee.locator("sx-call-view >>> sx-incoming-call >>> [part~=accept-video]").click();
      await untilProtected(caller, callee);
      const { origin } = new URL(address);
      expect(
        watches.flatMap(({ requests }) => requests).filter((url) => !url.startsWith(origin)),
      ).toEqual([]);
      // A development server serves Lit's development build, and moves modules away from what lies beside them.
      const isOfVite = (text: string) => /Lit is in dev mode|status of 404/.test(text);
      expect(watches.flatMap(({ problems }) => problems).filter((text) => !isOfVite(text))).toEqual(
        [],
      );
    },
  );
});
