import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Browser, Frame, Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startBrowser } from "../support/interop/browsers.ts";
import { StaticServer, type Answer } from "../support/package/static-server.ts";
import { callBetween, twoViews, untilProtected } from "../support/package/two-views.ts";

/*
 * The built package in pages with strict policies, and from other origins than the page's. Tests where frames are sealed, and
 * the report to the host where that is not in a worker. Reads `dist/`, which `npm test` builds first.
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

async function serve(
  headers: Readonly<Record<string, string>> = {},
  answers: Readonly<Record<string, Answer>> = {},
): Promise<StaticServer> {
  const server = await StaticServer.start(folder, headers, answers);
  servers.push(server);
  return server;
}

interface Look {
  readonly sealedIn: string | undefined;
  readonly worker: string | undefined;
  readonly reported: readonly string[];
  readonly refused: readonly string[];
}

/** What a page does besides: its script, before the views are there. */
interface PageOf {
  readonly kit: string;
  readonly isModule?: boolean;
  /** Attributes of both views, and a script that runs before any call. */
  readonly attributes?: string;
  readonly script?: string;
  /** What is in a page around a frame that has it. */
  readonly frame?: string;
  readonly answers?: Readonly<Record<string, Answer>>;
}

/** Has a call between two views of a page. */
async function callIn(
  policy: string,
  shape: PageOf,
  headers: Readonly<Record<string, string>> = {},
): Promise<Look> {
  const page = await pageOf(policy, shape, headers);
  const place = shape.frame === undefined ? page : await frameOf(page);
  await callBetween(place, place);
  await untilProtected(place, place);
  const look = await place.evaluate(() => {
    const [first] = document.querySelectorAll("sx-call-view");
    const { snapshot } = first as unknown as {
      snapshot: { protection: { sealedIn?: string } };
    };
    const { reported, violations } = globalThis as unknown as {
      reported: string[];
      violations: string[];
    };
    return { sealedIn: snapshot.protection.sealedIn, reported, refused: violations };
  });
  return { ...look, worker: page.workers()[0]?.url() };
}

/** A page with two views that signal to each other. */
async function pageOf(
  policy: string,
  { kit, isModule = false, attributes = "", script = "", frame, answers }: PageOf,
  headers: Readonly<Record<string, string>> = {},
): Promise<Page> {
  const server = await serve({ "content-security-policy": policy, ...headers }, answers);
  const view = `<sx-call-view contact-name="Ann" ${attributes}></sx-call-view>`;
  const kind = `nonce="abc" ${isModule ? 'type="module"' : "defer"}`;
  writeFileSync(
    join(folder, "page.html"),
    `<!doctype html><html lang="en"><meta charset="utf-8"><link rel="stylesheet" href="page.css">
<script src="${kit}" ${kind}></script><script src="page.js" ${kind}></script>
<body>${view}${view}`,
  );
  writeFileSync(
    join(folder, "page.js"),
    `${twoViews}
window.reported = [];
for (const view of views) view.addEventListener("sx-error", ({ detail }) => reported.push(detail.code + ": " + detail.message));
${script}`,
  );
  if (frame !== undefined)
    writeFileSync(join(folder, "frame.html"), `<!doctype html><html lang="en">${frame}`);
  const page = await (await browser.createBrowserContext()).newPage();
  open.push(page);
  await page.goto(`${server.origin}/${frame === undefined ? "page" : "frame"}.html`);
  return page;
}

/** The frame of a page, once its script has run. */
async function frameOf(page: Page): Promise<Frame> {
  const frame = await page.waitForFrame((one) => one.parentFrame() !== null);
  await frame.waitForFunction("window.reported !== undefined");
  return frame;
}

describe("a page with Trusted Types", () => {
  const kit = "sx-call-kit.iife.js";
  const scripts = "script-src 'self'";

  it("has its frames sealed in the worker by the policies that the documentation names, and refuses nothing", async () => {
    const policy = `${base}; ${scripts}; worker-src 'self'; ${types}; trusted-types lit-html sx-call-kit`;
    const { sealedIn, worker, reported, refused } = await callIn(policy, { kit });
    expect([sealedIn, reported, refused]).toEqual(["worker", [], []]);
    expect(worker).toMatch(/\/sx-call-worker\.js$/);
  }, 60_000);

  it(
    "gets the address where it does not allow the kit's policy",
    { tags: "long", timeout: 60_000 },
    async () => {
      const policy = `${base}; ${scripts}; worker-src 'self'; ${types}; trusted-types lit-html`;
      const { sealedIn, reported } = await callIn(policy, { kit });
      expect(sealedIn).toBe("page");
      expect(reported.length).toBeGreaterThan(0);
      for (const text of reported)
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
      const { sealedIn, reported, refused } = await callIn(policy, { kit, script });
      expect([sealedIn, reported, refused]).toEqual(["worker", [], []]);
    },
  );

  it(
    "has a bundle's worker without a file of its own, where it allows one from a text",
    { tags: "long", timeout: 60_000 },
    async () => {
      const policy = `${base}; ${scripts}; worker-src blob:; ${types}; trusted-types lit-html sx-call-kit`;
      const { sealedIn, worker, reported } = await callIn(policy, {
        kit: "bundled.js",
        isModule: true,
      });
      expect([sealedIn, reported]).toEqual(["worker", []]);
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
    expect([look.sealedIn, look.reported]).toEqual(["worker", []]);
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
      expect([look.sealedIn, look.reported]).toEqual(["worker", []]);
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
      for (const text of look.reported) {
        expect(text).toContain(`${other.origin}/sx-call-worker.js`);
        expect(text).toMatch(/^worker-unavailable: /);
      }
      expect(look.reported.length).toBeGreaterThan(0);
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
      expect([look.sealedIn, look.reported]).toEqual(["worker", []]);
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
      expect([look.sealedIn, look.reported]).toEqual(["worker", []]);
    },
  );

  it(
    "says where the worker was looked for where the page allows none from a text",
    { tags: "long", timeout: 60_000 },
    async () => {
      const policy = `${base}; script-src 'self'; worker-src 'self'`;
      const look = await callIn(policy, { kit: "bundled.js", isModule: true });
      expect(look.sealedIn).toBe("page");
      for (const text of look.reported)
        expect(text).toMatch(
          /^worker-unavailable: .* beside http:\/\/127\.0\.0\.1:\d+\/bundled\.js\.$/,
        );
    },
  );
});

/** What a page says, and what is asked for beside it. */
interface Place {
  readonly policy: string;
  readonly kit?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly page?: Partial<PageOf>;
  /** A second origin: what it says with its files. */
  readonly other?: { headers?: Record<string, string>; answers?: Record<string, Answer> };
  /** The host's own address of the worker; `OTHER` is the second origin. */
  readonly workerUrl?: string;
}

const own = "script-src 'self'; worker-src 'self'";
const cors = { "access-control-allow-origin": "*" };
const script = { "content-type": "text/javascript" };
const isolating = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};
const srcdoc = (attributes = "") => {
  const view = `<sx-call-view contact-name=Ann ${attributes}></sx-call-view>`;
  const scripts = `<script src=/sx-call-kit.iife.js defer></script><script src=/page.js defer></script>`;
  return `<iframe allow="camera; microphone" srcdoc="<!doctype html><link rel=stylesheet href=/page.css>${scripts}${view}${view}"></iframe>`;
};

describe("a page that may have no devices", () => {
  const places: [name: string, policy: string, headers?: Record<string, string>][] = [
    ["sandboxed without an origin", "sandbox allow-scripts"],
    ["by its permissions policy", "", { "permissions-policy": "microphone=(), camera=()" }],
  ];
  for (const [name, policy, headers] of places) {
    it(
      `is notified before anybody's phone rings: ${name}`,
      { tags: "long", timeout: 60_000 },
      async () => {
        const page = await pageOf(policy, { kit: "sx-call-kit.iife.js" }, headers);
        const calls = await page.evaluate(async () => {
          const [first, second] = document.querySelectorAll("sx-call-view");
          const sent: string[] = [];
          first!.addEventListener("sx-signal", (event) => {
            const { detail } = event as CustomEvent<{ message: { type: string } }>;
            sent.push(detail.message.type);
          });
          type Dialling = HTMLElement & { startCall(options: object): Promise<void> };
          const code = await (first as Dialling).startCall({ media: "video" }).then(
            () => "none",
            (thrown: unknown) => (thrown as { code: string }).code,
          );
          return { code, sent, other: second!.getAttribute("state") };
        });
        expect(calls).toEqual({ code: "permission-denied", sent: [], other: "idle" });
      },
    );
  }
});

describe("a place for the worker's file", () => {
  /** Where frames are sealed, and the file that the reason names where that is not the worker. */
  const places: [name: string, sealedIn: "worker" | RegExp, place: Place][] = [
    ["without any policy", "worker", { policy: "" }],
    ["that allows its own scripts alone", "worker", { policy: `${base}; script-src 'self'` }],
    [
      "that names scripts by a nonce, and trusts what they load",
      "worker",
      {
        policy: `${base}; script-src 'nonce-abc' 'strict-dynamic'; worker-src 'self'`,
      },
    ],
    [
      "with an address from its base",
      "worker",
      {
        policy: own,
        page: {
          script:
            'document.head.append(Object.assign(document.createElement("base"), { href: "/moved/" }));',
          answers: {
            "/moved/worker.js": { status: 302, headers: { location: "/sx-call-worker.js" } },
          },
        },
        workerUrl: "worker.js",
      },
    ],
    ["without an address of its own", "worker", { policy: own, page: { frame: srcdoc() } }],
    [
      "without an address of its own, with one from the page around it",
      "worker",
      { policy: own, page: { frame: srcdoc("worker-url=sx-call-worker.js") } },
    ],
    [
      "that isolates itself without credentials",
      "worker",
      { policy: own, headers: { ...isolating, "cross-origin-embedder-policy": "credentialless" } },
    ],
    [
      "that isolates itself, from a server that says so with the page alone",
      /127.0.0.1:\d+\/sx-call-worker\.js/,
      {
        policy: own,
        headers: isolating,
        page: {
          answers: {
            "/sx-call-worker.js": { headers: { "cross-origin-embedder-policy": "unsafe-none" } },
          },
        },
      },
    ],
    [
      "that allows no worker",
      /\/sx-call-worker\.js/,
      { policy: `${base}; script-src 'self'; worker-src 'none'` },
    ],
    [
      "from a server that does not find it",
      /\/sx-call-worker\.js/,
      {
        policy: own,
        page: {
          answers: {
            "/sx-call-worker.js": { status: 404, headers: { "content-type": "text/html" } },
          },
        },
      },
    ],
    [
      "from a server that gives a page in place of it",
      /\/sx-call-worker\.js/,
      {
        policy: own,
        page: {
          answers: {
            "/sx-call-worker.js": {
              headers: { "content-type": "text/html" },
              body: "<!doctype html><p>Welcome",
            },
          },
        },
      },
    ],
    [
      "from a server that gives a page as a script",
      /\/sx-call-worker\.js/,
      {
        policy: own,
        page: {
          answers: { "/sx-call-worker.js": { headers: script, body: "<!doctype html><p>Welcome" } },
        },
      },
    ],
    [
      "from a server that calls it a text, and lets nobody guess",
      /\/sx-call-worker\.js/,
      {
        policy: own,
        page: {
          answers: {
            "/sx-call-worker.js": {
              headers: { "content-type": "text/plain", "x-content-type-options": "nosniff" },
            },
          },
        },
      },
    ],
    [
      "from a server that never answers",
      /\/sx-call-worker\.js/,
      { policy: own, page: { answers: { "/sx-call-worker.js": { isSilent: true } } } },
    ],
    [
      "from a server that sends on to another place of its own",
      "worker",
      {
        policy: own,
        page: {
          answers: {
            "/moved/worker.js": { status: 302, headers: { location: "/sx-call-worker.js" } },
          },
        },
        workerUrl: "/moved/worker.js",
      },
    ],
    [
      "from a server that sends on to another origin",
      /\/moved\/worker\.js/,
      {
        policy: "",
        other: { headers: { ...cors } },
        page: {
          answers: {
            "/moved/worker.js": { status: 302, headers: { location: "OTHER/sx-call-worker.js" } },
          },
        },
        workerUrl: "/moved/worker.js",
      },
    ],
    [
      "of another origin that allows nobody to read it",
      "worker",
      { policy: "", other: {}, workerUrl: "OTHER/sx-call-worker.js" },
    ],
    [
      "of another origin that does not find it",
      /OTHER\/nowhere\.js/,
      { policy: "", other: { headers: cors }, workerUrl: "OTHER/nowhere.js?secret=1" },
    ],
    [
      "of another origin that the page's scripts may not be from",
      /OTHER\/sx-call-worker\.js/,
      {
        policy: `${base}; script-src 'self'; worker-src 'self' blob:`,
        other: { headers: cors },
        workerUrl: "OTHER/sx-call-worker.js",
      },
    ],
    [
      "of another origin that an isolated page may not have",
      /OTHER\/sx-call-worker\.js/,
      { policy: "", headers: isolating, other: {}, workerUrl: "OTHER/sx-call-worker.js" },
    ],
    ["that is none", /an address that is none/, { policy: own, workerUrl: "http://[" }],
  ];
  for (const [name, expected, place] of places) {
    it(`of a page: ${name}`, { tags: "long", timeout: 90_000 }, async () => {
      const other = place.other && (await serve(place.other.headers, place.other.answers));
      const there = (text: string) => text.replaceAll("OTHER", other?.origin ?? "");
      const { answers, ...page } = place.page ?? {};
      const look = await callIn(
        place.policy,
        {
          kit: place.kit ?? "sx-call-kit.iife.js",
          ...page,
          answers: JSON.parse(there(JSON.stringify(answers ?? {}))) as Record<string, Answer>,
          ...(place.workerUrl && { attributes: `worker-url="${there(place.workerUrl)}"` }),
        },
        place.headers,
      );
      if (expected === "worker") expect([look.sealedIn, look.reported]).toEqual(["worker", []]);
      else {
        expect(look.sealedIn).toBe("page");
        expect(look.reported.length).toBeGreaterThan(0);
        for (const text of look.reported) {
          expect(text).toMatch(/^worker-unavailable: /);
          expect(text).toMatch(new RegExp(there(expected.source)));
          expect(text).not.toContain("secret");
        }
      }
    });
  }
});
