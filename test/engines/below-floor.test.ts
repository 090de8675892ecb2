import type { Browser, Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import floor from "../../.config/floor.json" with { type: "json" };
import { serveEnginePages } from "../support/engines/pages.ts";
import type { EnginePages } from "../support/engines/pages.ts";
import { startBrowser } from "../support/interop/browsers.ts";
import { builtPage } from "../support/interop/deltachat-page.ts";
import { builtPages, PageWatch } from "../support/interop/simplex-pages.ts";
import { poorOf } from "../support/readability.ts";
import type { Contrast } from "../support/readability.ts";

/*
 * Engines below the floor, made of today's by taking away what they lack before the page's scripts run.
 */

let browser: Browser;
let pages: EnginePages;
let page: Page;
let watch: PageWatch;

beforeAll(async () => {
  browser = await startBrowser("chromium");
  pages = await serveEnginePages(`chrome${floor.chromium}`);
});

afterEach(() => page.browserContext().close());

afterAll(async () => {
  pages.stop();
  await browser.close();
});

async function open(url: string, takeAway: string): Promise<void> {
  page = await (await browser.createBrowserContext()).newPage();
  watch = new PageWatch(page);
  await page.setViewport({ width: 390, height: 844 });
  await page.evaluateOnNewDocument(takeAway);
  await page.goto(url);
}

/** What can be read in a view: its words, with their size on the screen. */
const readable = (index: number) =>
  page.evaluate((at) => {
    const words: string[] = [];
    const read = (root: ParentNode) => {
      for (const element of root.querySelectorAll<HTMLElement>("*")) {
        const text = [...element.childNodes]
          .filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
          .map(({ textContent }) => textContent?.trim() ?? "")
          .join("");
        const { width, height } = element.getBoundingClientRect();
        const isSeen =
          width > 0 && height > 0 && getComputedStyle(element).visibility === "visible";
        if (text !== "" && isSeen && element.localName !== "style") words.push(text);
        if (element.shadowRoot) read(element.shadowRoot);
      }
    };
    const view = document.querySelectorAll("sx-call-view")[at];
    if (view?.shadowRoot) read(view.shadowRoot);
    else if (view) read(view);
    return words.join(" ");
  }, index);

/** What the page shows in a scheme, as it is drawn. */
async function contrasts(scheme: "light" | "dark"): Promise<Contrast[]> {
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.setViewport({ width: 390, height: 844, deviceScaleFactor: 3 });
  const picture = await page.screenshot({ encoding: "base64" });
  // As a text: no policy of the page refuses it.
  await page.evaluate(await (await fetch(`${pages.origin}/readability.js`)).text());
  return (await page.evaluate(`readability.measure(${JSON.stringify(picture)}, 3)`)) as Contrast[];
}

const parts = {
  "Object.hasOwn": "delete Object.hasOwn",
  "Array.prototype.at": "delete Array.prototype.at; delete String.prototype.at",
  "Array.prototype.findLast":
    "delete Array.prototype.findLast; delete Array.prototype.findLastIndex",
  structuredClone: "delete globalThis.structuredClone",
};

describe("an engine below the floor", () => {
  const two = "Array.prototype.at, Object.hasOwn";
  for (const [name, takeAway] of [
    ...Object.entries(parts),
    [two, `${parts["Array.prototype.at"]}; ${parts["Object.hasOwn"]}`],
  ] as const)
    it(
      `without ${name} says that calls do not work here, and tells the host`,
      name === two ? {} : { tags: "long" },
      async () => {
        await open(`${pages.origin}/call`, takeAway);
        await expect.poll(() => readable(0)).toMatch(/This app can’t make calls\s+Update this app/);
        expect(await readable(0)).toContain(name);
        for (const scheme of ["light", "dark"] as const) {
          await page.evaluate((value) => {
            document.documentElement.style.colorScheme = value;
            // Of a host whose words are the colour of its ground: those of the kit are not.
            const ground = value === "dark" ? "black" : "white";
            document.body.style.color = document.body.style.background = ground;
          }, scheme);
          const seen = await contrasts(scheme);
          expect(seen.filter((one) => one.name.includes(name))).toHaveLength(2);
          expect(poorOf(seen)).toEqual([]);
        }
        const reported = await page.evaluate(async () => {
          const view = document.querySelector("sx-call-view")!;
          const errors: string[] = [];
          view.addEventListener("sx-error", (event) => {
            errors.push((event as CustomEvent<{ code: string }>).detail.code);
          });
          const { startCall, receiveSignal } = view as unknown as Record<
            "startCall" | "receiveSignal",
            (given: unknown) => Promise<void>
          >;
          const code = await startCall.call(view, { media: "audio" }).then(
            () => "",
            (thrown: unknown) => (thrown as { code: string }).code,
          );
          void receiveSignal.call(view, { anything: true });
          await new Promise((resolve) => setTimeout(resolve));
          return [code, ...errors];
        });
        expect(reported).toEqual(["webrtc-unsupported", "webrtc-unsupported"]);
        expect(watch.problems).toEqual([]);
      },
    );

  for (const [name, code, takeAway] of [
    ["RTCPeerConnection", "webrtc-unsupported", "delete globalThis.RTCPeerConnection"],
    [
      "RTCRtpScriptTransform",
      "encryption-unsupported",
      "delete globalThis.RTCRtpScriptTransform; delete RTCRtpSender.prototype.createEncodedStreams",
    ],
  ] as const)
    it(
      `without ${name} shows the call that did not begin, and what is missing`,
      name === "RTCRtpScriptTransform" ? {} : { tags: "long" },
      async () => {
        await open(`${pages.origin}/call`, takeAway);
        await page.evaluate(`void views[0].startCall({ media: "audio" }).catch(() => {})`);
        await expect.poll(() => page.evaluate("views[0].snapshot.state")).toBe("ended");
        expect(await page.evaluate("views[0].snapshot.ending.problem")).toBe(code);
        await expect.poll(() => readable(0)).toContain(`(${name})`);
      },
    );

  for (const [name, url, options] of [
    ["SimpleX's page for Android", builtPages.fileUrl("android"), { tags: "long" }],
    ["Delta Chat's page", builtPage.fileUrl, {}],
  ] as const)
    it(`that cannot even read the script of ${name} shows no blank page`, options, async () => {
      const context = await browser.createBrowserContext();
      page = await context.newPage();
      await page.setJavaScriptEnabled(false);
      await page.goto(url);
      await expect
        // Not at once: a script that can be read takes it away first.
        .poll(() => page.evaluate(() => document.body.innerText), { timeout: 10_000 })
        .toContain("This app can’t make calls. Update");
      for (const scheme of ["light", "dark"] as const) {
        const seen = await contrasts(scheme);
        expect(seen.some((one) => one.name.includes("This app can’t make calls"))).toBe(true);
        expect(poorOf(seen)).toEqual([]);
      }
    });
});
