import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import floor from "../../.config/floor.json" with { type: "json" };
import { serveEnginePages } from "../support/engines/pages.ts";
import type { EnginePages } from "../support/engines/pages.ts";
import { launchLeaving } from "../support/interop/browsers.ts";
import { answerFrom } from "../support/interop/secure-page.ts";
import { callBetween, untilProtected } from "../support/package/two-views.ts";

/*
 * The small window that Chromium itself opens as a person leaves the tab of a call. Reads `dist/`, which `npm test` builds first.
 */

const origin = "https://call.example";

describe("a person who leaves the tab of a call", () => {
  let browser: Browser;
  let pages: EnginePages;
  let page: Page;
  let profile: string;

  beforeAll(async () => {
    profile = mkdtempSync(join(tmpdir(), "sx-leaving-"));
    browser = await launchLeaving(profile, origin);
    pages = await serveEnginePages(`chrome${floor.chromium}`);
    // Not one of a context of its own: in a private window Chromium opens no small window without a permission.
    page = (await browser.pages())[0]!;
    await answerFrom(pages.origin, page, origin);
    await page.goto(`${origin}/call`);
    // A page has one small window: that of the caller.
    await page.evaluate("views[1].smallWindow = 'off'");
  });

  afterAll(async () => {
    pages.stop();
    await browser.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  const isInSmallWindow = () =>
    page.evaluate("document.hidden && documentPictureInPicture.window !== null");

  /** Another tab in front, and the small window as a page of its own. */
  async function leave(): Promise<{ other: Page; small: Page }> {
    const before = await browser.pages();
    const other = await browser.newPage();
    await expect.poll(isInSmallWindow, { timeout: 20_000 }).toBe(true);
    const opened = async () =>
      (await browser.pages()).find((each) => each !== other && !before.includes(each));
    await expect.poll(opened, { timeout: 20_000 }).toBeDefined();
    return { other, small: (await opened())! };
  }

  const button = (name: string) => `>>> .small-buttons button[aria-label="${name}"]`;
  const microphone = () => page.evaluate("views[0].snapshot.local.microphone.state");

  it("has the call in a small window that opened by itself, mutes there, and is back by a look at the tab", async () => {
    await callBetween(page, page);
    await untilProtected(page, page);
    const { other, small } = await leave();
    expect(await small.title()).toBe("Bob");
    expect(await small.$eval(">>> .name", (name) => name.textContent)).toBe("Bob");
    const picture = () => small.$eval(">>> video", (video) => video.videoWidth);
    await expect.poll(picture, { timeout: 20_000 }).toBeGreaterThan(0);
    expect(await microphone()).toBe("on");
    await small.click(button("Microphone"));
    await expect.poll(microphone).toBe("off");
    await small.click(button("Microphone"));
    await expect.poll(microphone).toBe("on");
    await page.bringToFront();
    await expect.poll(isInSmallWindow).toBe(false);
    await expect.poll(() => small.isClosed()).toBe(true);
    await untilProtected(page, page);
    await other.close();
  }, 90_000);

  it("has no blurred copies drawn behind a picture that nobody sees, and has them again after coming back", async () => {
    // Of the other view of the page, which has no small window: its picture is wide, and its room upright.
    await page.evaluate(`
      window.copies = 0;
      Object.assign(views[1].style, { inlineSize: "300px", blockSize: "650px" });
      const { drawImage } = CanvasRenderingContext2D.prototype;
      CanvasRenderingContext2D.prototype.drawImage = function (picture, ...given) {
        window.copies += Number(picture === views[1].shadowRoot.querySelector(".large video"));
        return drawImage.call(this, picture, ...given);
      };
      0`);
    const copies = () => page.evaluate("window.copies") as Promise<number>;
    /** The call goes on for some seconds, by the sound of it. */
    const goOn = async (seconds: number) => {
      const sound = () =>
        page.evaluate("views[1].shadowRoot.querySelector('audio').currentTime") as Promise<number>;
      const start = await sound();
      await expect.poll(sound, { timeout: 20_000 }).toBeGreaterThan(start + seconds);
    };
    await expect.poll(copies, { timeout: 20_000 }).toBeGreaterThan(1);
    const { other } = await leave();
    // One may have been on its way.
    await goOn(1);
    const hidden = await copies();
    await goOn(4);
    expect(await copies()).toBe(hidden);
    await page.bringToFront();
    await expect.poll(isInSmallWindow).toBe(false);
    await expect.poll(copies, { timeout: 20_000 }).toBeGreaterThan(hidden);
    await other.close();
  }, 90_000);

  it("ends the call there, and the window goes with it", async () => {
    const { small } = await leave();
    await small.click(button("End call"));
    await expect
      .poll(() => page.evaluate("views[0].snapshot?.state ?? 'gone'"))
      .toMatch(/ended|gone/);
    await expect.poll(isInSmallWindow).toBe(false);
  }, 90_000);
});
