import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import floor from "../../.config/floor.json" with { type: "json" };
import { serveEnginePages } from "../support/engines/pages.ts";
import type { EnginePages } from "../support/engines/pages.ts";
import { startBrowser } from "../support/interop/browsers.ts";
import { callBetween, stateOf, untilProtected } from "../support/package/two-views.ts";

/*
 * A view that a host puts into a window of its own in a call, and takes back. Reads `dist/`, which `npm test` builds first.
 */

const windows = {
  "a pop-up": `open("about:blank", "", "width=400,height=640")`,
  "a picture-in-picture document": `documentPictureInPicture.requestWindow({ width: 400, height: 640 })`,
};

describe("a view in a call", { tags: "long" }, () => {
  let browser: Browser;
  let pages: EnginePages;
  let page: Page;

  beforeAll(async () => {
    browser = await startBrowser("chromium");
    pages = await serveEnginePages(`chrome${floor.chromium}`);
  });

  afterAll(async () => {
    pages.stop();
    await browser.close();
  });

  /** How the surface of the first view and its buttons are drawn in the window that they are in. */
  const look = () =>
    page.evaluate(() => {
      const view =
        (globalThis as { away?: HTMLElement }).away ?? document.querySelector("sx-call-view")!;
      const window = view.ownerDocument.defaultView!;
      const surface = view.shadowRoot!.querySelector("[part~=surface]")!;
      const controls = view.shadowRoot!.querySelector("sx-call-controls")!;
      const button = controls.shadowRoot!.querySelector("button")!;
      return [
        window.getComputedStyle(surface).position,
        window.getComputedStyle(button).borderRadius,
        window.getComputedStyle(button).display,
      ];
    });

  for (const [kind, opening] of Object.entries(windows))
    it(`keeps its call and its styles in ${kind}, and when it is back`, async () => {
      page = await (await browser.createBrowserContext()).newPage();
      await page.goto(`${pages.origin}/call`);
      await callBetween(page, page);
      await untilProtected(page, page);
      const before = await look();
      expect(before[0]).toBe("absolute");
      await page.evaluate(`(async () => {
        globalThis.away = views[0];
        globalThis.home = document.createElement("div");
        away.before(home);
        globalThis.other = await ${opening};
        other.document.body.append(away);
      })()`);
      await expect.poll(look).toEqual(before);
      expect(await page.evaluate("away.ownerDocument === other.document")).toBe(true);
      const opened = async () =>
        (await page.evaluate("views[0].snapshot.protection.opened")) as number;
      const since = await opened();
      await expect.poll(opened, { timeout: 10_000 }).toBeGreaterThan(since + 50);
      await page.evaluate("home.replaceWith(away), other.close()");
      await expect.poll(look).toEqual(before);
      await untilProtected(page, page);
      expect(await stateOf(page)).toBe("connected protected");
      await page.browserContext().close();
    });
});
