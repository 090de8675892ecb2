import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { CallPage } from "../../src/hosts/bridge/call-page.ts";
import type { Transport } from "../../src/hosts/bridge/envelope.ts";
import { startBrowser } from "../support/interop/browsers.ts";
import { PageWatch } from "../support/interop/simplex-pages.ts";
import { runUnawaited } from "../support/interop/run-unawaited.ts";
import { StaticServer } from "../support/package/static-server.ts";
import { callBetween, stateOf, twoViews, untilProtected } from "../support/package/two-views.ts";

/*
 * The one file of the built package, in every place where a page of a host may lie. Reads `dist/`, which `npm test` builds first.
 */

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));
const strict =
  "default-src 'none'; script-src 'self'; style-src 'self'; worker-src 'self'; connect-src 'none'";

const html = (policy: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8">${policy && `<meta http-equiv="Content-Security-Policy" content="${policy}">`}
<link rel="stylesheet" href="two-views.css"><script src="sx-call-kit.iife.js" defer></script><script src="two-views.js" defer></script>
</head><body><sx-call-view contact-name="Bob"></sx-call-view><sx-call-view contact-name="Alice"></sx-call-view></body></html>`;

let browser: Browser;
let folder: string;
const open: Page[] = [];
const servers: StaticServer[] = [];

beforeAll(async () => {
  browser = await startBrowser("chromium");
  folder = mkdtempSync(join(tmpdir(), "sx-call-kit-loading-"));
  for (const name of readdirSync(dist))
    if (/^(?:sx-call|call\.)/.test(name)) copyFileSync(join(dist, name), join(folder, name));
  writeFileSync(join(folder, "plain.html"), html(""));
  writeFileSync(join(folder, "strict.html"), html(strict));
  writeFileSync(join(folder, "two-views.js"), twoViews);
  writeFileSync(
    join(folder, "two-views.css"),
    "sx-call-view { display: block; width: 320px; height: 480px; float: left; }",
  );
});

afterEach(async () => {
  for (const page of open.splice(0)) await page.browserContext().close();
  for (const server of servers.splice(0)) server.stop();
});

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Opened {
  readonly page: Page;
  readonly watch: PageWatch;
}

/** @param before runs in the page before its scripts: what an app, or another engine, has otherwise. */
async function show(url: string, before?: () => void): Promise<Opened> {
  const page = await (await browser.createBrowserContext()).newPage();
  open.push(page);
  const watch = new PageWatch(page);
  if (before) await page.evaluateOnNewDocument(before);
  await page.goto(url);
  return { page, watch };
}

async function serve(headers: Readonly<Record<string, string>> = {}): Promise<StaticServer> {
  const server = await StaticServer.start(folder, headers);
  servers.push(server);
  return server;
}

const fileUrl = (name: string) => pathToFileURL(join(folder, name)).href;
const refused = (page: Page) => page.evaluate("violations") as Promise<string[]>;
const reported = (page: Page) => page.evaluate("problems") as Promise<string[]>;

/** No request but to where the page lies, nothing that its policy refused, and no word on the console but an expected one. */
async function expectClean(
  { page, watch }: Opened,
  expected: readonly RegExp[] = [],
): Promise<void> {
  const place = page.url().replace(/[^/]*$/, "");
  expect(watch.requests.filter((url) => !url.startsWith(place))).toEqual([]);
  expect(await refused(page)).toEqual([]);
  expect(
    watch.problems.filter((problem) => !expected.some((pattern) => pattern.test(problem))),
  ).toEqual([]);
}

async function expectCall(opened: Opened): Promise<void> {
  await callBetween(opened.page, opened.page);
  await untilProtected(opened.page, opened.page);
}

/** Chromium has key shares of its own only from 156 on, and no other engine has both: most pages need the stand-ins. */
const withoutKeyShares = () => {
  const { generateKey } = SubtleCrypto.prototype;
  SubtleCrypto.prototype.generateKey = function (
    this: SubtleCrypto,
    algorithm: unknown,
    ...rest: unknown[]
  ) {
    if (algorithm === "X25519" || algorithm === "ML-KEM-768")
      return Promise.reject(new DOMException("", "NotSupportedError"));
    return Reflect.apply(generateKey, this, [algorithm, ...rest]) as Promise<CryptoKeyPair>;
  } as SubtleCrypto["generateKey"];
};

describe("the one file", () => {
  it("has a call from http:, frames in the worker beside it", { tags: "long" }, async () => {
    const server = await serve();
    const opened = await show(`${server.origin}/plain.html`);
    await expectCall(opened);
    expect(opened.page.workers().map((worker) => worker.url())).toContain(
      `${server.origin}/sx-call-worker.js`,
    );
    await expectClean(opened);
  });

  it("has a call from http: under a strict policy, which refuses nothing of it", async () => {
    const server = await serve({ "content-security-policy": strict });
    const opened = await show(`${server.origin}/plain.html`);
    await expectCall(opened);
    expect(opened.page.workers().map((worker) => worker.url())).toContain(
      `${server.origin}/sx-call-worker.js`,
    );
    await expectClean(opened);
  });

  for (const [where, name, options] of [
    ["", "plain.html", { tags: "long" }],
    [" under a strict policy", "strict.html", {}],
  ] as const)
    it(
      `has a call from file:${where}, frames on the main thread, where no worker may start`,
      options,
      async () => {
        const opened = await show(fileUrl(name));
        await expectCall(opened);
        expect(opened.page.workers()).toEqual([]);
        await expectClean(opened);
      },
    );

  it("has a call where the worker's file is missing", { tags: "long" }, async () => {
    rmSync(join(folder, "sx-call-worker.js"));
    try {
      const opened = await show(`${(await serve()).origin}/plain.html`);
      await expectCall(opened);
      await expectClean(opened, [/404/]);
    } finally {
      copyFileSync(join(dist, "sx-call-worker.js"), join(folder, "sx-call-worker.js"));
    }
  });

  it.each([
    [
      "http: under a strict policy",
      () =>
        serve({ "content-security-policy": strict }).then(({ origin }) => `${origin}/plain.html`),
    ],
    ["file: under a strict policy", () => Promise.resolve(fileUrl("strict.html"))],
  ])(
    "loads the stand-ins for key shares beside it, from %s",
    { tags: "long" },
    async (_, address) => {
      const opened = await show(await address(), withoutKeyShares);
      await expectCall(opened);
      expect(
        opened.watch.requests.filter((url) => url.endsWith("/sx-call-key-shares.js")),
      ).toHaveLength(1);
      await expectClean(opened);
    },
  );

  it(
    "has no call, and says why, where neither a worker nor the main thread can have the frames",
    { tags: "long" },
    async () => {
      const opened = await show(fileUrl("plain.html"), () => {
        Reflect.deleteProperty(RTCRtpSender.prototype, "createEncodedStreams");
      });
      const { page } = opened;
      await page.evaluate(() => {
        const view = document.querySelector("sx-call-view") as unknown as {
          startCall(options: object): Promise<void>;
        };
        return view.startCall({ media: "audio" }).catch((thrown: unknown) => {
          problems.push((thrown as { code: string }).code);
        });
      });
      await expect.poll(() => reported(page)).toContain("encryption-unsupported");
      expect(await stateOf(page)).not.toContain("connected");
      await expectClean(opened);
    },
  );

  it(
    "starts where a page pins it by integrity.json, and not when a byte of it differs",
    { tags: "long" },
    async () => {
      const { "sx-call-kit.iife.js": hash } = JSON.parse(
        readFileSync(join(dist, "integrity.json"), "utf8"),
      ) as Record<string, string>;
      const pinned = (name: string) =>
        `<!doctype html><script src="${name}" integrity="${String(hash)}"></script>`;
      writeFileSync(join(folder, "pinned.html"), pinned("sx-call-kit.iife.js"));
      writeFileSync(join(folder, "changed.html"), pinned("changed.js"));
      writeFileSync(
        join(folder, "changed.js"),
        `${readFileSync(join(dist, "sx-call-kit.iife.js"), "utf8")} `,
      );
      const { origin } = await serve();
      const kind = async (name: string) =>
        (await show(`${origin}/${name}`)).page.evaluate("typeof SxCallKit");
      expect([await kind("pinned.html"), await kind("changed.html")]).toEqual([
        "object",
        "undefined",
      ]);
    },
  );

  it("shows a history and says that calls do not work, inline in a page that has no address", async () => {
    const opened = await show("about:blank");
    const { page } = opened;
    await page.evaluate(
      (script) => {
        document.body.innerHTML =
          "<sx-call-history-item></sx-call-history-item><sx-call-view></sx-call-view>";
        const element = document.createElement("script");
        element.textContent = script;
        document.head.append(element);
        const [item] = document.getElementsByTagName("sx-call-history-item");
        item!.record = {
          ...{ callId: "AAAAAAAAAAAAAAAAAAAAAA", direction: "incoming", media: "audio" },
          ...{ outcome: "missed", startedAt: 0, endedAt: 1000, durationSeconds: 0 },
          ...{ protection: "none", relayed: null, reconnections: 0 },
        };
      },
      readFileSync(join(dist, "sx-call-kit.iife.js"), "utf8"),
    );
    const text = (tag: string) =>
      page.evaluate(
        (name) => document.querySelector(name)?.shadowRoot?.textContent.replace(/\s+/g, " "),
        tag,
      );
    await expect.poll(() => text("sx-call-history-item")).toContain("Missed");
    await page.evaluate(() => {
      const [view] = document.getElementsByTagName("sx-call-view");
      return view!.startCall({ media: "audio" }).catch(() => undefined);
    });
    await expect.poll(() => text("sx-call-view")).toContain("or use another device. (HTTPS)");
    expect(opened.watch.problems).toEqual([]);
    expect(opened.watch.requests.filter((url) => url !== "about:blank")).toEqual([]);
  });

  it("reads no storage while it loads and shows its views: the engine would stop the page until another process allows it", async () => {
    const { page } = await show(`${(await serve()).origin}/plain.html`, () => {
      const { localStorage: storage } = globalThis;
      let reads = 0;
      Object.defineProperty(globalThis, "localStorage", { get: () => ((reads += 1), storage) });
      // The event of a script comes with its end, before anything is painted.
      const loaded = ({ target }: Event) => {
        if (target instanceof HTMLScriptElement && target.src.endsWith("kit.iife.js"))
          Object.assign(globalThis, { early: reads });
      };
      document.addEventListener("load", loaded, true);
    });
    await expect.poll(() => page.evaluate("typeof early")).toBe("number");
    expect(await page.evaluate("[typeof SxCallKit, early]")).toEqual(["object", 0]);
  });

  it("gives everything that the package's main entry has as one global, and asks for nothing before a call", async () => {
    const opened = await show(fileUrl("strict.html"));
    const program = 'console.log(JSON.stringify(Object.keys(await import("sx-call-kit"))))';
    const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
      cwd: dist,
      encoding: "utf8",
    });
    const names = JSON.parse(stdout) as string[];
    expect(await opened.page.evaluate("Object.keys(SxCallKit)")).toEqual(
      expect.arrayContaining(names),
    );
    const files = ["strict.html", "sx-call-kit.iife.js", "two-views.css", "two-views.js"];
    expect([...opened.watch.requests].sort()).toEqual(files.map(fileUrl).sort());
  });
});

describe("call.html", () => {
  it(
    "joins its view to the app around it, from file:, under its own policy",
    { tags: "long" },
    async () => {
      const { page, watch } = await show(fileUrl("call.html"), () => {
        const said: string[] = [];
        Object.assign(globalThis, { said, sx: { postMessage: (text: string) => said.push(text) } });
      });
      await expect
        .poll(() => page.evaluate("said.map((text) => JSON.parse(text).type)"))
        .toContain("ready");
      expect(await page.evaluate("document.querySelector('#problem').textContent")).toBe("");
      expect(watch.problems).toEqual([]);
    },
  );

  it("has a call with another such page, each in an app that carries its messages, from file:", async () => {
    const sides: { readonly page: Page; readonly app: CallPage }[] = [];
    for (const index of [0, 1]) {
      const page = await (await browser.createBrowserContext()).newPage();
      open.push(page);
      let hear: (text: unknown) => void = () => undefined;
      // As Android's apps do it: an object with one method, and an answer that is evaluated.
      await page.exposeFunction("toApp", (text: string) => hear(text));
      await page.evaluateOnNewDocument(() =>
        Object.assign(globalThis, { sx: { postMessage: (text: string) => toApp(text) } }),
      );
      await page.goto(fileUrl("call.html"));
      const transport: Transport = {
        post: (text) => runUnawaited(page, `sxReceive(${JSON.stringify(text)})`),
        onText(listener) {
          hear = listener;
          return () => undefined;
        },
        close: () => undefined,
      };
      const app = new CallPage(transport, (fact) => {
        if (fact.type === "signal")
          void sides[1 - index]!.app.request("receive-signal", { message: fact.data.message });
        if (fact.type === "incoming") void app.request("accept", { media: "audio" });
      });
      sides.push({ page, app });
    }
    const [caller, callee] = [sides[0]!, sides[1]!];
    await caller.app.request("configure", { contact: { id: "bob", name: "Bob" } });
    await caller.app.request("start-call", { media: "audio" });
    await untilProtected(caller.page, callee.page);
    for (const { app } of sides) app.close();
  });

  it("shows the problem without an app", { tags: "long" }, async () => {
    const { page, watch } = await show(`${(await serve()).origin}/call.html`);
    const problem = await page.evaluate(
      () => document.querySelector<HTMLElement>("#problem")?.innerText,
    );
    expect(problem).toMatch(/^not-possible: /);
    expect(watch.problems).toEqual([]);
  });
});

declare global {
  var problems: string[];
  var toApp: (text: string) => Promise<void>;
}
