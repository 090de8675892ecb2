import type { Browser, Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startBrowser } from "../support/interop/browsers.ts";
import { serve } from "../support/interop/deltachat-page.ts";
import {
  androidPage,
  builtPages,
  DesktopHost,
  desktopPage,
} from "../support/interop/simplex-pages.ts";
import type { DesktopHostOptions, PageWatch } from "../support/interop/simplex-pages.ts";
import { SimplexApp } from "../support/simplex/app.ts";
import { socketPage } from "../support/simplex/page-channels.ts";
import { appPair, connect } from "../support/simplex/pair.ts";

/** As the app makes it: 32 bytes in base64url. */
const token = "8PHy8_T19vf4-fr7_P3-_wABAgMEBQYHCAkKCwwNDg8";

let browser: Browser;
const closing: { close(): void }[] = [];

beforeAll(async () => {
  browser = await startBrowser("chromium");
});

afterEach(() => {
  for (const one of closing.splice(0).reverse()) one.close();
});

afterAll(() => browser.close());

async function startHost(options: DesktopHostOptions = { token }): Promise<DesktopHost> {
  const host = await DesktopHost.start(builtPages.html("desktop"), options);
  closing.push({ close: () => host.stop() });
  return host;
}

interface Opened {
  readonly app: SimplexApp;
  readonly page: Page;
  readonly watch: PageWatch;
}

async function openApp(host: DesktopHost): Promise<Opened> {
  let opened = null as Omit<Opened, "app"> | null;
  const app = await SimplexApp.open(
    desktopPage(browser, host, (page, watch) => {
      opened = { page, watch };
    }),
  );
  if (opened === null) throw new Error("the page is not open");
  const { page, watch } = opened;
  await page.evaluate("window.close = () => { document.title = 'closed'; }");
  closing.push(app);
  return { app, page, watch };
}

/** An app that takes the next socket of a page which is there already. */
async function appOfNextSocket(host: DesktopHost): Promise<SimplexApp> {
  const app = await SimplexApp.open(socketPage(await host.socket));
  closing.push(app);
  return app;
}

const answers = async (app: SimplexApp) =>
  (await app.command({ type: "capabilities", media: "audio" })).type;

const shownText = (page: Page) => page.evaluate(() => document.body.innerText);
const untilShown = (page: Page, text: string) =>
  expect.poll(() => shownText(page), { timeout: 40_000 }).toContain(text);
const untilHidden = (page: Page) =>
  expect
    .poll(() => page.evaluate(() => document.querySelector<HTMLElement>("#socket")?.hidden), {
      timeout: 40_000,
    })
    .toBe(true);

const callState = (page: Page) =>
  page.evaluate(
    () =>
      (document.querySelector("sx-call-view") as unknown as { snapshot: { state: string } })
        .snapshot.state,
  );

describe("the built desktop page and a host of version 7", () => {
  for (const [what, options] of Object.entries<DesktopHostOptions>({
    "the token as the app makes it": { token },
    "a token of characters that an address cannot have": { token: "a+b/c=&d #ü%2B?" },
    "a token among other parameters": { token, parameters: { lang: "de", empty: "" } },
    "no token, as of an older host": {},
  })) {
    const long =
      what === "a token of characters that an address cannot have" ? {} : { tags: "long" };
    it(`speak over a socket with the page's own query: ${what}`, long, async () => {
      const host = await startHost(options);
      expect(host.port).not.toBe(50_395);
      const { app, watch } = await openApp(host);
      expect(await answers(app)).toBe("capabilities");
      expect((await app.command({ type: "end" })).type).toBe("ok");
      const { pathname, search } = new URL(host.url);
      expect(host.requests).toEqual([
        { line: `GET ${pathname}${search}`, status: 200, referer: "" },
        { line: `GET /${search}`, status: 101, referer: "" },
      ]);
      expect(watch.problems).toEqual([]);
      expect(watch.requests).toEqual([host.url]);
    });
  }

  it("do not speak where another page frames it: its visitor would press on what they do not see", async () => {
    const host = await startHost();
    const page = await browser.newPage();
    closing.push({ close: () => void page.close() });
    const site = await serve(`<iframe src="${host.url}"></iframe>`, "frame-src *");
    closing.push({ close: () => site.stop() });
    await page.goto(site.url);
    const frame = await page.waitForFrame((one) => one.url() === host.url);
    await expect
      .poll(() => frame.evaluate(() => Boolean(document.querySelector("sx-call-view")?.shadowRoot)))
      .toBe(true);
    // Where it is not framed it asks for its socket in the same turn.
    expect(host.requests.map(({ status }) => status)).toEqual([200]);
  });

  it("leave the token where it is and nowhere else: no text, no storage, no referrer, no second entry of the history", async () => {
    const host = await startHost();
    const { app, page, watch } = await openApp(host);
    await answers(app);
    const found = await page.evaluate(async (secret) => {
      const databases = await indexedDB.databases();
      return {
        entries: history.length,
        address: location.search,
        title: document.title,
        referrer: document.referrer,
        policy: document.querySelector<HTMLMetaElement>("meta[name=referrer]")?.content,
        inDocument: document.documentElement.outerHTML.includes(secret),
        inStorage: JSON.stringify([
          Object.entries(localStorage),
          Object.entries(sessionStorage),
          document.cookie,
        ]),
        databases: JSON.stringify(databases),
      };
    }, token);
    // One for the empty tab, one for the page.
    expect(found.entries).toBe(2);
    expect(found.address).toBe(`?token=${token}`);
    expect([found.referrer, found.policy]).toEqual(["", "no-referrer"]);
    expect(found.inDocument).toBe(false);
    expect(found.title + found.inStorage + found.databases).not.toContain(token);
    expect(JSON.stringify([app.received, watch.problems])).not.toContain(token);
  });

  it("get 401 without the token, for the page and for the socket", async () => {
    const host = await startHost();
    const bare = host.url.split("?", 1)[0]!;
    expect((await fetch(bare)).status).toBe(401);
    expect((await fetch(`${bare}?token=${token.slice(1)}`)).status).toBe(401);
    expect((await fetch(host.url)).status).toBe(200);
  });

  it("meet again after a reload, for another call", { tags: "long" }, async () => {
    const host = await startHost();
    const { page } = await openApp(host);
    await page.reload();
    const app = await appOfNextSocket(host);
    expect(await answers(app)).toBe("capabilities");
    expect(await page.evaluate(() => history.length)).toBe(2);
  });

  it("end the call and release the devices where the socket closes, report it, and reconnect for the next call", async () => {
    const host = await startHost();
    const opened: Omit<Opened, "app">[] = [];
    const pair = await appPair(
      desktopPage(browser, host, (page, watch) => opened.push({ page, watch })),
      androidPage(browser, builtPages.fileUrl("android"), () => undefined),
    );
    closing.push(pair);
    await connect(pair, "audio");
    const { page } = opened[0]!;
    await page.evaluate("window.close = () => { document.title = 'closed'; }");
    // The app passes the end on once its page has noticed: where the other side's end is faster, the page is finished and leaves.
    const passOn = pair.a.end.bind(pair.a);
    pair.a.end = () => undefined;
    host.closeSockets();
    await expect.poll(() => callState(page)).toBe("ended");
    passOn();
    await pair.b.until("Ended");
    const app = await appOfNextSocket(host);
    await untilHidden(page);
    expect(await answers(app)).toBe("capabilities");
    expect(await callState(page)).toBe("inviting");
    expect(await page.title()).toBe("Call");
    expect(pair.b.violations).toEqual([]);
  });

  it(
    "say in plain words that the app has gone, try a few times, and once more when a person wants it",
    { tags: "long" },
    async () => {
      const host = await startHost();
      const { app, page } = await openApp(host);
      await answers(app);
      const { port } = host;
      host.stop();
      await untilShown(page, "Trying");
      await untilShown(page, "Check that the app is running");
      expect(await shownText(page)).toContain("The app does not answer");
      expect(await page.title()).toBe("Call");
      const before = host.requests.length;
      await host.listen(port);
      await page.click("#socket-again");
      await untilHidden(page);
      expect(await answers(await appOfNextSocket(host))).toBe("capabilities");
      expect(host.requests.slice(before).map(({ status }) => status)).toEqual([200, 101]);
    },
  );

  it(
    "report that the app does not accept the page any more after a restart with another token",
    { tags: "long" },
    async () => {
      const host = await startHost();
      const { app, page, watch } = await openApp(host);
      await answers(app);
      host.token = "another";
      host.closeSockets();
      await untilShown(page, "The app does not accept this page any more");
      await untilShown(page, "it opens a new page");
      const refused = host.requests.filter(({ status }) => status === 401);
      expect(refused.length).toBe(5);
      expect(
        refused.every(({ line, referer }) => line.includes("/simplex/call/") && !referer),
      ).toBe(true);
      // A socket that is refused would be written into the console with its address.
      expect(watch.problems.join()).not.toContain(token);
      expect(await page.title()).toBe("Call");
      expect(page.url()).toBe(`http://localhost:${host.port}/simplex/call/?token=${token}`);
    },
  );

  it(
    "leave the help for a refused permission to be read where the socket closes over it",
    { tags: "long" },
    async () => {
      const host = await startHost();
      const { app, page } = await openApp(host);
      await answers(app);
      await app.command({
        ...{ type: "permission", title: "Blocked", chrome: "Open the settings.", safari: "" },
      });
      host.stop();
      await expect.poll(() => callState(page)).toBe("ended");
      await new Promise((resolve) => setTimeout(resolve, 700));
      const text = await shownText(page);
      expect(text).toContain("Open the settings.");
      expect(text).not.toContain("The app");
      expect(await page.title()).toBe("Call");
    },
  );

  for (const keepsOneSocket of [false, true]) {
    it(
      `know a page that is opened twice, where the host keeps ${keepsOneSocket ? "the last socket" : "both sockets"}`,
      { tags: "long" },
      async () => {
        const host = await startHost({ token, keepsOneSocket });
        const { page } = await openApp(host);
        const second = await page.browserContext().newPage();
        await second.goto(host.url);
        const app = await appOfNextSocket(host);
        expect(await answers(app)).toBe("capabilities");
        if (keepsOneSocket) await untilShown(page, "This page is open in another tab");
        // Neither takes the other's socket away.
        await new Promise((resolve) => setTimeout(resolve, 2000));
        expect(host.openSockets).toBe(keepsOneSocket ? 1 : 2);
        expect(host.requests.filter(({ status }) => status === 101).length).toBe(2);
        expect((await app.command({ type: "end" })).type).toBe("ok");
        expect(await page.title()).toBe("Call");
      },
    );
  }

  it(
    "load from file: as before, where there is nobody to connect to",
    { tags: "long" },
    async () => {
      const opened: Omit<Opened, "app">[] = [];
      const app = await SimplexApp.open(
        androidPage(browser, builtPages.fileUrl("desktop"), (page, watch) =>
          opened.push({ page, watch }),
        ),
      );
      closing.push(app);
      expect(await answers(app)).toBe("capabilities");
      expect(opened[0]!.watch.problems).toEqual([]);
      expect(opened[0]!.watch.requests).toEqual([builtPages.fileUrl("desktop")]);
    },
  );
});
