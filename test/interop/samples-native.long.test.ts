import { mkdtempSync, rmSync, symlinkSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import {
  buildKotlin,
  buildTauri,
  skipsKotlin,
  skipsRust,
} from "../support/hosts/native/native-app.ts";
import type { NativeApp } from "../support/hosts/native/native-app.ts";
import { startBrowser } from "../support/interop/browsers.ts";
import { runUnawaited } from "../support/interop/run-unawaited.ts";
import { StaticServer } from "../support/package/static-server.ts";
import { readPages, root, samplesOf } from "../support/samples.ts";

/*
 * The apps of the documentation in Kotlin and Rust, compiled unchanged against stand-ins of their platforms, and run. Their
 * page is the documentation's, in Chromium. Reads `dist/`, which `npm run test:long` builds first.
 */

const samples = readPages().flatMap(samplesOf);

function sampleWith(file: string, language: string, text = ""): string {
  const found = samples.filter(
    (one) => one.file === file && one.language === language && one.code.includes(text),
  );
  if (found.length !== 1) throw new Error(`${file} has ${String(found.length)} samples of ${text}`);
  return found[0]!.code;
}

const patience = { timeout: 60_000, interval: 100 };

let browser: Browser;
let folder: string;
let server: StaticServer;
/** Both are compiled beside each other, which takes the time of one on two cores. */
let apps: Partial<Record<"kotlin" | "rust", Promise<() => NativeApp>>>;
const [withoutKotlin, withoutRust] = [skipsKotlin(), skipsRust()];

beforeAll(async () => {
  browser = await startBrowser("chromium");
  folder = mkdtempSync(join(tmpdir(), "sx-call-kit-native-"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/sx-call-kit"), "junction");
  await build({
    entryPoints: [join(root, "test/support/hosts/platforms.ts")],
    outfile: join(folder, "platforms.js"),
    ...{ bundle: true, format: "iife", globalName: "platforms", logLevel: "error" },
  });
  server = await StaticServer.start(folder);
  const place = (name: string) => {
    mkdirSync(join(folder, name));
    return join(folder, name);
  };
  const tauri = "docs/hosts/tauri.md";
  apps = {
    ...(!withoutKotlin && {
      kotlin: buildKotlin(place("kotlin"), sampleWith("docs/hosts/android.md", "kotlin")),
    }),
    ...(!withoutRust && {
      rust: buildTauri(
        place("rust"),
        sampleWith(tauri, "rust", "pub fn sx_host"),
        sampleWith(tauri, "rust", "Builder::default()"),
      ),
    }),
  };
  await Promise.all(Object.values(apps));
}, 300_000);

async function start(language: "kotlin" | "rust"): Promise<NativeApp> {
  const app = (await apps[language]!)();
  onTestFinished(() => void app.end());
  return app;
}

afterAll(async () => {
  await browser.close();
  server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens a page with a view. @param before what the platform adds to it, with the functions of `given`. */
async function open(
  name: string,
  script: string,
  before = "",
  given: Readonly<Record<string, (text: string) => void>> = {},
): Promise<Page> {
  writeFileSync(join(folder, `${name}.ts`), script);
  await build({
    entryPoints: [join(folder, `${name}.ts`)],
    outfile: join(folder, `${name}.js`),
    ...{ bundle: true, format: "esm", logLevel: "error" },
  });
  writeFileSync(
    join(folder, `${name}.html`),
    `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><sx-call-view></sx-call-view>
    <script src="platforms.js"></script><script>${before}</script><script type="module" src="${name}.js"></script>`,
  );
  const page = await (await browser.createBrowserContext()).newPage();
  onTestFinished(() => page.browserContext().close());
  for (const [called, act] of Object.entries(given)) await page.exposeFunction(called, act);
  await page.goto(`${server.origin}/${name}.html`);
  await page.waitForFunction(`document.querySelector("sx-call-view").shadowRoot`);
  return page;
}

const look = (page: Page, what: string) =>
  page.evaluate(`document.querySelector("sx-call-view").snapshot.${what}`);

/** A call to the app from a page of the contact's, protected on both sides, until that hangs up. */
async function call(app: NativeApp, page: Page): Promise<void> {
  const receive = (text: string) =>
    app.do({ ask: "receive-signal", data: { message: JSON.parse(text) as object, from: "ann" } });
  const contact = await open(
    "contact",
    `import "sx-call-kit/define";
    const view = document.querySelector("sx-call-view");
    view.addEventListener("sx-signal", ({ detail }) => toApp(JSON.stringify(detail.message)));`,
    "",
    { toApp: receive },
  );
  const before = app.onLine;
  app.onLine = (line) => {
    before(line);
    if (!("channel" in line)) return;
    runUnawaited(
      contact,
      `document.querySelector("sx-call-view").receiveSignal(${JSON.stringify(line.channel)})`,
    );
  };
  await expect
    .poll(() => page.evaluate(`document.querySelector("sx-call-view").contact.name`), patience)
    .toBe("Ann");
  await contact.evaluate(`document.querySelector("sx-call-view").startCall({ media: "audio" })`);
  await expect.poll(() => look(page, "state"), patience).toBe("incoming");
  app.do({ ask: "accept", data: { media: "audio" } });
  for (const side of [contact, page])
    await expect.poll(() => look(side, "protection.status"), patience).toBe("protected");
  await contact.evaluate(`document.querySelector("sx-call-view").hangUp()`);
  await expect
    .poll(
      () => app.all("record").map((record) => (record as { outcome: string }).outcome),
      patience,
    )
    .toEqual(["completed"]);
}

const ready = JSON.stringify({ v: 1, type: "ready", data: { page: "another" } });

describe.skipIf(withoutKotlin)("the activity of the documentation, in Kotlin", () => {
  const origin = "https://appassets.androidplatform.net";

  it("has a protected call, and grants the devices of a call to its own page alone", async () => {
    const file = "docs/hosts/android.md";
    const app = await start("kotlin");
    await expect
      .poll(() => app.all("loads"), patience)
      .toEqual([{ address: `${origin}/assets/call/index.html`, fromApp: true, safe: true }]);
    // A frame inside, and a page of elsewhere: neither is heard.
    app.do({ text: ready, origin, mainFrame: false });
    app.do({ text: ready, origin: "https://elsewhere.invalid" });
    app.do({ goes: "https://elsewhere.invalid/" });
    await expect.poll(() => app.all("stays"), patience).toEqual([true]);
    expect(app.all("post")).toEqual([]);

    const platform = `const platform = platforms.androidWebMessagePlatform(); platform.app.onText((text) => toNative(text));`;
    let page: Page | null = null;
    app.onLine = ({ post }) => {
      if (post !== undefined) runUnawaited(page, `platform.app.post(${JSON.stringify(post)})`);
    };
    const texts: string[] = [];
    page = await open(
      "android",
      sampleWith(file, "ts", "transport: androidWebMessage()"),
      platform,
      {
        toNative: (text) => {
          texts.push(text);
          if (page !== null) app.do({ text: texts.shift(), origin });
        },
      },
    );
    for (const text of texts.splice(0)) app.do({ text, origin });
    await call(app, page);
    expect(app.all("flags")).toEqual([0x80, -0x80]);

    const [audio, video, other] = ["AUDIO_CAPTURE", "VIDEO_CAPTURE", "PROTECTED_MEDIA_ID"].map(
      (name) => `android.webkit.resource.${name}`,
    );
    app.do({ permission: [audio, video, other], origin: `${origin}/` });
    app.do({ permission: [audio], origin: "https://elsewhere.invalid/" });
    app.do({ permission: [other], origin: `${origin}/` });
    await expect.poll(() => app.all("granted"), patience).toEqual([[audio, video], [], []]);
    expect(app.all("asks")).toEqual([
      ["android.permission.RECORD_AUDIO", "android.permission.CAMERA"],
    ]);

    app.do({ back: true });
    await expect
      .poll(() => app.all("to-back").length + app.all("finished").length, patience)
      .toBeGreaterThan(0);
    app.do({ destroy: true });
    expect(await app.end()).toBe(0);
    expect(app.all("destroyed")).toEqual([true]);
  }, 120_000);
});

describe.skipIf(withoutRust)("the app of the documentation, in Rust", () => {
  it("has a protected call in a window that goes nowhere else, and hears no other window", async () => {
    const file = "docs/hosts/tauri.md";
    const app = await start("rust");
    await expect.poll(() => app.all("opened"), patience).toEqual(["call"]);
    app.do({ window: "main", text: ready });
    app.do({ window: "call", text: "{" });
    app.do({ window: "call", text: `"${"x".repeat(1_048_576)}"` });
    for (const goes of [
      "tauri://localhost/call.html",
      "http://tauri.localhost/call.html",
      "https://elsewhere.invalid/",
    ])
      app.do({ goes });
    await expect.poll(() => app.all("may"), patience).toEqual([true, true, false]);
    expect(app.all("refused")).toEqual([
      "not the call window",
      "not a message",
      "not the call window",
    ]);
    expect(app.all("payload")).toEqual([]);
    // Waits for the page.
    app.do({ ask: "configure", data: { lang: "de" } });

    const platform = `const platform = platforms.tauriPlatform(); platform.app.onText((text) => toNative(text));`;
    let page: Page | null = null;
    app.onLine = ({ to, event, payload }) => {
      if (to === "call" && event === "sx-host")
        runUnawaited(page, `platform.app.post(${JSON.stringify(payload)})`);
    };
    const texts: string[] = [];
    page = await open("tauri", sampleWith(file, "ts", "transport: tauri()"), platform, {
      toNative: (text) => {
        texts.push(text);
        if (page !== null) app.do({ window: "call", text: texts.shift() });
      },
    });
    for (const text of texts.splice(0)) app.do({ window: "call", text });
    await call(app, page);
    expect(await page.evaluate(`document.querySelector("sx-call-view").lang`)).toBe("de");
    expect(await app.end()).toBe(0);
  }, 120_000);

  it("opens the system's browser where the WebView has no WebRTC, and asks its page nothing", async () => {
    const app = await start("rust");
    const data = { page: "one", capabilities: { webrtc: false } };
    app.do({ window: "call", text: JSON.stringify({ v: 1, type: "ready", data }) });
    app.do({ window: "call", text: JSON.stringify({ v: 1, type: "close", data: {} }) });
    await expect.poll(() => app.all("closed"), patience).toEqual(["call"]);
    expect(app.all("browser")).toEqual([true]);
    const types = app
      .all("payload")
      .map((text) => (JSON.parse(text as string) as { type: string }).type);
    expect(types).toEqual(["hello"]);
  });
});
