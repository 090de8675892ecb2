import type { Browser, Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
// The globals of the page.
import type {} from "../../src/pages/simplex-page.ts";
import { startBrowser } from "../support/interop/browsers.ts";
import {
  androidPage,
  builtPages,
  DesktopHost,
  desktopPage,
} from "../support/interop/simplex-pages.ts";
import type { PageWatch } from "../support/interop/simplex-pages.ts";
import { SimplexApp } from "../support/simplex/app.ts";
import { appPair, connect } from "../support/simplex/pair.ts";
import type { AppPair } from "../support/simplex/pair.ts";

interface Opened {
  readonly page: Page;
  readonly watch: PageWatch;
}

let browser: Browser;
const hosts: DesktopHost[] = [];
const closing: { close(): void }[] = [];

beforeAll(async () => {
  browser = await startBrowser("chromium");
});

afterEach(() => {
  for (const one of closing.splice(0)) one.close();
  for (const host of hosts.splice(0)) host.stop();
});

afterAll(() => browser.close());

function android(): { open: ReturnType<typeof androidPage>; readonly opened: Opened[] } {
  const opened: Opened[] = [];
  return {
    opened,
    open: androidPage(browser, builtPages.fileUrl("android"), (page, watch) =>
      opened.push({ page, watch }),
    ),
  };
}

async function desktop(): Promise<{
  open: ReturnType<typeof desktopPage>;
  readonly opened: Opened[];
  readonly host: DesktopHost;
}> {
  const opened: Opened[] = [];
  const host = await DesktopHost.start(builtPages.html("desktop"));
  hosts.push(host);
  return {
    opened,
    host,
    open: desktopPage(browser, host, (page, watch) => opened.push({ page, watch })),
  };
}

/** Returns the protection measured by the page's own view. */
const protection = ({ page }: Opened) =>
  page.evaluate(() => {
    const { state, protection: measured } = (
      document.querySelector("sx-call-view") as unknown as { snapshot: Snapshot }
    ).snapshot;
    return `${state} ${measured.status}`;
  });
interface Snapshot {
  readonly state: string;
  readonly protection: { readonly status: string };
}

const untilProtected = (opened: Opened) =>
  expect.poll(() => protection(opened), { timeout: 15_000 }).toBe("connected protected");

/** Returns `true` if the view plays a picture of the other side that moves. */
const picturePlays = ({ page }: Opened) =>
  page.evaluate(async () => {
    const video = document
      .querySelector("sx-call-view")
      ?.shadowRoot?.querySelector<HTMLVideoElement>("video.picture");
    if (!video) return false;
    await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
    return video.videoWidth > 0;
  });

async function call(pair: AppPair, media: "audio" | "video"): Promise<void> {
  closing.push(pair);
  await connect(pair, media);
}

describe("the built Android page, from file:", () => {
  it("loads without console output, and requests nothing but itself", async () => {
    const { open, opened } = android();
    const app = await SimplexApp.open(open);
    closing.push(app);
    expect((await app.command({ type: "capabilities", media: "audio" })).type).toBe("capabilities");
    const { watch } = opened[0]!;
    expect(watch.problems).toEqual([]);
    expect(watch.requests).toEqual([builtPages.fileUrl("android")]);
  });

  it("answers every command of the document, before a call and in one", async () => {
    const { open } = android();
    const app = await SimplexApp.open(open);
    closing.push(app);
    const types = async () => {
      const answers: string[] = [];
      for (const command of [
        { type: "media", source: "mic", enable: false },
        { type: "media", source: "mic", enable: true },
        { type: "media", source: "camera", enable: true },
        { type: "camera", camera: "environment" },
        { type: "media", source: "camera", enable: false },
        { type: "description", state: "calling…", description: "e2e encrypted" },
        { type: "layout", layout: "remoteVideo" },
        { type: "layout", layout: "localVideo" },
        { type: "layout", layout: "default" },
        { type: "ice", iceCandidates: "NoXSA===" },
        { type: "answer", answer: "NoXSA===", iceCandidates: "NoXSA===" },
        { type: "permission", title: "No access", chrome: "Allow it.", safari: "Allow it." },
      ] as const) {
        answers.push((await app.command(command)).type);
      }
      return answers.join(" ");
    };
    expect(await types()).toBe("error error error error error ok ok ok ok error error ok");
    expect((await app.command({ type: "end" })).type).toBe("ok");
    expect((await app.command({ type: "capabilities", media: "video" })).type).toBe("capabilities");
    expect(await types()).toBe("ok ok ok ok ok ok ok ok ok error error ok");
    expect((await app.command({ type: "end" })).type).toBe("ok");
    expect((await app.command({ type: "start", media: "audio" })).type).toBe("offer");
    expect(await types()).toBe("ok ok ok ok ok ok ok ok ok ok error ok");
    expect((await app.command({ type: "end" })).type).toBe("ok");
  });

  it("shows the app's words, its help for a refused permission, and no button", async () => {
    const { open, opened } = android();
    const app = await SimplexApp.open(open, { describes: false });
    closing.push(app);
    await app.command({ type: "capabilities", media: "audio" });
    await app.command({
      type: "description",
      state: "starting…",
      description: "no e2e encryption",
    });
    const { page } = opened[0]!;
    const text = () => page.evaluate(() => document.body.innerText);
    // The screen of a new call is rendered a moment after it begins.
    await expect.poll(text).toContain("starting…");
    expect(await text()).toContain("no e2e encryption");
    const controls = () =>
      page.evaluate(() =>
        document.querySelector("sx-call-view")?.shadowRoot?.querySelector("sx-call-controls"),
      );
    expect(await controls()).toBe(null);
    await app.command({
      type: "permission",
      title: "Blocked",
      chrome: "Open the settings.",
      safari: "No.",
    });
    await expect.poll(text).toContain("Open the settings.");
    await app.command({ type: "end" });
    await expect.poll(text).not.toContain("Open the settings.");
  });

  it("keeps what it says until the app has put its own function in", async () => {
    const page = await browser.newPage();
    closing.push({ close: () => void page.close() });
    await page.goto(builtPages.fileUrl("android"));
    const said = await page.evaluate(async () => {
      const said: unknown[] = [];
      processCommand({ command: { type: "end" } });
      sendMessageToNative = (message) => said.push(message);
      processCommand('{"command":{"type":"nothing"},"corrId":"7"}');
      return JSON.stringify(said);
    });
    expect(JSON.parse(said)).toEqual([
      { resp: { type: "ok" }, command: { type: "end" } },
      {
        corrId: "7",
        resp: { type: "error", message: "unknown command: nothing" },
        command: { type: "nothing" },
      },
    ]);
  });
});

describe("two of the built pages", () => {
  it("call each other with picture, Android from file: and the desktop over its web socket, by the kit's own encryption", async () => {
    const [a, b] = [android(), await desktop()];
    await call(await appPair(a.open, b.open), "video");
    await Promise.all([untilProtected(a.opened[0]!), untilProtected(b.opened[0]!)]);
    expect(await Promise.all([picturePlays(a.opened[0]!), picturePlays(b.opened[0]!)])).toEqual([
      true,
      true,
    ]);
    expect([...a.opened, ...b.opened].flatMap(({ watch }) => watch.problems)).toEqual([]);
  });

  it(
    "say that a call without a key is not end-to-end encrypted, for as long as it lasts",
    { tags: "long" },
    async () => {
      const [a, b] = [await desktop(), android()];
      await call(await appPair(a.open, b.open, { app: { key: "none" } }), "audio");
      for (const one of [a.opened[0]!, b.opened[0]!]) {
        await expect.poll(() => protection(one)).toBe("connected unencrypted");
        const words = await one.page.evaluate(
          () =>
            document.querySelector("sx-call-view")?.shadowRoot?.querySelector(".signs")
              ?.textContent,
        );
        expect(words).toContain("Not end-to-end encrypted");
      }
    },
  );
});

describe("the built desktop page", () => {
  it(
    "asks the app to end the call with its own end button, and closes when the socket does",
    { tags: "long" },
    async () => {
      const [a, b] = [await desktop(), android()];
      const pair = await appPair(a.open, b.open);
      await call(pair, "audio");
      const { page } = a.opened[0]!;
      // A person's browser lets this page close itself: it is the only one of its tab. This one does not.
      await page.evaluate("window.close = () => { document.title = 'closed'; }");
      await page.evaluate(() => {
        const controls = document
          .querySelector("sx-call-view")
          ?.shadowRoot?.querySelector("sx-call-controls")?.shadowRoot;
        controls?.querySelector<HTMLButtonElement>('[part~="hang-up"]')?.click();
      });
      await pair.a.untilResponse(({ resp }) => resp.type === "end");
      await expect.poll(() => protection(a.opened[0]!)).toMatch(/^ended /);
      a.host.stop();
      await expect.poll(() => page.title()).toBe("closed");
    },
  );
});
