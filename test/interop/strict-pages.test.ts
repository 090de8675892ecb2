import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startBrowser } from "../support/interop/browsers.ts";
import { StaticServer } from "../support/package/static-server.ts";
import { callBetween, twoViews, untilProtected } from "../support/package/two-views.ts";

/*
 * The built package in pages that allow little, and from other origins than the page's: where frames are sealed, and what the host is told
 * where that is not in a worker. Reads `dist/`, which `npm test` builds first.
 */

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));
const base = "default-src 'none'; style-src 'self' 'unsafe-inline'; connect-src 'none'";
const types = "require-trusted-types-for 'script'";

let browser: Browser;
let folder: string;
const open: Page[] = [];
const servers: StaticServer[] = [];

beforeAll(async () => {
  browser = await startBrowser("chromium");
  folder = mkdtempSync(join(tmpdir(), "sx-call-kit-strict-"));
  for (const name of readdirSync(dist))
    if (name.startsWith("sx-call")) copyFileSync(join(dist, name), join(folder, name));
  writeFileSync(
    join(folder, "page.css"),
    "sx-call-view { display: block; width: 320px; height: 480px; float: left; }",
  );
  // As an app's bundler leaves it that knows nothing of workers: no script lies beside the one file that it makes.
  await build({
    entryPoints: [join(dist, "define/sx-call-view.js")],
    outfile: join(folder, "bundled.js"),
    bundle: true,
    format: "esm",
    logLevel: "error",
  });
}, 60_000);

afterEach(async () => {
  for (const page of open.splice(0)) await page.browserContext().close();
  for (const server of servers.splice(0)) server.stop();
});

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

async function serve(headers: Readonly<Record<string, string>> = {}): Promise<StaticServer> {
  const server = await StaticServer.start(folder, headers);
  servers.push(server);
  return server;
}

interface Look {
  readonly sealedIn: string | undefined;
  readonly worker: string | undefined;
  readonly told: readonly string[];
  readonly refused: readonly string[];
}

/** What a page does besides: its script, before the views are there. */
interface PageOf {
  readonly kit: string;
  readonly isModule?: boolean;
  /** Attributes of both views, and a script that runs before any call. */
  readonly attributes?: string;
  readonly script?: string;
}

/** Has a call between two views of a page. */
async function callIn(
  policy: string,
  { kit, isModule = false, attributes = "", script = "" }: PageOf,
  headers: Readonly<Record<string, string>> = {},
): Promise<Look> {
  const server = await serve({ "content-security-policy": policy, ...headers });
  const view = `<sx-call-view contact-name="Ann" ${attributes}></sx-call-view>`;
  writeFileSync(
    join(folder, "page.html"),
    `<!doctype html><html lang="en"><meta charset="utf-8"><link rel="stylesheet" href="page.css">
<script src="${kit}" ${isModule ? 'type="module"' : "defer"}></script><script src="page.js" ${isModule ? 'type="module"' : "defer"}></script>
<body>${view}${view}`,
  );
  writeFileSync(
    join(folder, "page.js"),
    `${twoViews}
window.told = [];
for (const view of views) view.addEventListener("sx-error", ({ detail }) => told.push(detail.code + ": " + detail.message));
${script}`,
  );
  const page = await (await browser.createBrowserContext()).newPage();
  open.push(page);
  await page.goto(`${server.origin}/page.html`);
  await callBetween(page, page);
  await untilProtected(page, page);
  const look = await page.evaluate(() => {
    const [first] = document.querySelectorAll("sx-call-view");
    const { snapshot } = first as unknown as {
      snapshot: { protection: { sealedIn?: string } };
    };
    const { told, violations } = globalThis as unknown as { told: string[]; violations: string[] };
    return { sealedIn: snapshot.protection.sealedIn, told, refused: violations };
  });
  return { ...look, worker: page.workers()[0]?.url() };
}

describe("a page with Trusted Types", () => {
  const kit = "sx-call-kit.iife.js";
  const scripts = "script-src 'self'";

  it("has its frames sealed in the worker by the policies that the documentation names, and refuses nothing", async () => {
    const policy = `${base}; ${scripts}; worker-src 'self'; ${types}; trusted-types lit-html sx-call-kit`;
    const { sealedIn, worker, told, refused } = await callIn(policy, { kit });
    expect([sealedIn, told, refused]).toEqual(["worker", [], []]);
    expect(worker).toMatch(/\/sx-call-worker\.js$/);
  }, 60_000);

  it(
    "is told the address where it does not allow the kit's policy",
    { tags: "long", timeout: 60_000 },
    async () => {
      const policy = `${base}; ${scripts}; worker-src 'self'; ${types}; trusted-types lit-html`;
      const { sealedIn, told } = await callIn(policy, { kit });
      expect(sealedIn).toBe("page");
      expect(told.length).toBeGreaterThan(0);
      for (const text of told)
        expect(text).toMatch(
          /^worker-unavailable: .* http:\/\/127\.0\.0\.1:\d+\/sx-call-worker\.js\.$/,
        );
    },
  );

  it(
    "may vouch for the address itself, by a policy of its own",
    { tags: "long", timeout: 60_000 },
    async () => {
      const policy = `${base}; ${scripts}; worker-src 'self'; ${types}; trusted-types lit-html mine`;
      const script = `
      const mine = trustedTypes.createPolicy("mine", { createScriptURL: (address) => address });
      for (const view of views) view.workerUrl = mine.createScriptURL("/sx-call-worker.js");`;
      const { sealedIn, told, refused } = await callIn(policy, { kit, script });
      expect([sealedIn, told, refused]).toEqual(["worker", [], []]);
    },
  );

  it(
    "has a bundle's worker without a file of its own, where it allows one from a text",
    { tags: "long", timeout: 60_000 },
    async () => {
      const policy = `${base}; ${scripts}; worker-src blob:; ${types}; trusted-types lit-html sx-call-kit`;
      const { sealedIn, worker, told } = await callIn(policy, {
        kit: "bundled.js",
        isModule: true,
      });
      expect([sealedIn, told]).toEqual(["worker", []]);
      expect(worker).toMatch(/^blob:/);
    },
  );
});

describe("the kit from another origin", () => {
  const corp = { "cross-origin-resource-policy": "cross-origin" };

  it("imports its worker into one of the page's own", async () => {
    const other = await serve(corp);
    const policy = `${base}; script-src 'self' ${other.origin}; worker-src blob:`;
    const look = await callIn(policy, { kit: `${other.origin}/sx-call-kit.iife.js` });
    expect([look.sealedIn, look.told]).toEqual(["worker", []]);
    expect(look.worker).toMatch(/^blob:/);
    expect(other.asked).toContain("/sx-call-worker.js");
  }, 60_000);

  it(
    "does so in a page that isolates itself, too (COOP and COEP)",
    { tags: "long", timeout: 60_000 },
    async () => {
      const other = await serve(corp);
      const isolated = {
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
      };
      const policy = `${base}; script-src 'self' ${other.origin}; worker-src blob:`;
      const kit = `${other.origin}/sx-call-kit.iife.js`;
      const look = await callIn(
        policy,
        { kit, script: "window.isolated = crossOriginIsolated;" },
        isolated,
      );
      expect([look.sealedIn, look.told]).toEqual(["worker", []]);
      expect(await open[0]!.evaluate("isolated")).toBe(true);
    },
  );

  it(
    "names the file where the page allows no such worker, and has the call all the same",
    { tags: "long", timeout: 60_000 },
    async () => {
      const other = await serve(corp);
      const policy = `${base}; script-src 'self' ${other.origin}; worker-src 'self'`;
      const look = await callIn(policy, { kit: `${other.origin}/sx-call-kit.iife.js` });
      expect(look.sealedIn).toBe("page");
      for (const text of look.told) {
        expect(text).toContain(`${other.origin}/sx-call-worker.js`);
        expect(text).toMatch(/^worker-unavailable: /);
      }
      expect(look.told.length).toBeGreaterThan(0);
    },
  );

  it(
    "takes a worker's address of another origin that a host names",
    { tags: "long", timeout: 60_000 },
    async () => {
      const other = await serve({ ...corp, "access-control-allow-origin": "*" });
      const policy = `${base}; script-src 'self' ${other.origin}; worker-src blob:`;
      const look = await callIn(policy, {
        kit: "sx-call-kit.iife.js",
        attributes: `worker-url="${other.origin}/sx-call-worker.js"`,
      });
      expect([look.sealedIn, look.told]).toEqual(["worker", []]);
      expect(look.worker).toMatch(/^blob:/);
    },
  );
});

describe("the kit in an app's bundle", () => {
  it(
    "has its worker though no script of it lies there",
    { tags: "long", timeout: 60_000 },
    async () => {
      const look = await callIn("", { kit: "bundled.js", isModule: true });
      expect([look.sealedIn, look.told]).toEqual(["worker", []]);
    },
  );

  it(
    "says where the worker was looked for where the page allows none from a text",
    { tags: "long", timeout: 60_000 },
    async () => {
      const policy = `${base}; script-src 'self'; worker-src 'self'`;
      const look = await callIn(policy, { kit: "bundled.js", isModule: true });
      expect(look.sealedIn).toBe("page");
      for (const text of look.told)
        expect(text).toMatch(
          /^worker-unavailable: .* beside http:\/\/127\.0\.0\.1:\d+\/bundled\.js\.$/,
        );
    },
  );
});
