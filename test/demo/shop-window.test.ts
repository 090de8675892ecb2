import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from "playwright";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { SxCallView } from "../../src/index.ts";
import { findingsOf } from "../support/demo/findings.ts";
import { startPlaywright } from "../support/interop/browsers.ts";
import { serve } from "../support/interop/serve.ts";
import type { Server } from "../support/interop/serve.ts";

let server: Server;
let browser: Browser;
let contexts: BrowserContext[] = [];
let foreign: string[];
let faults: string[];

beforeAll(async () => {
  server = await serve(["demo/main.ts"]);
  browser = await startPlaywright();
});

afterAll(() => server.stop());

beforeEach(() => {
  foreign = [];
  faults = [];
});

afterEach(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  contexts = [];
  expect(foreign).toEqual([]);
  expect(faults).toEqual([]);
});

interface Shop {
  readonly page: Page;
  readonly ann: Locator;
  readonly ben: Locator;
}

/** Opens the page and touches nothing: both phones are connected by themselves. */
async function open(options: BrowserContextOptions = {}): Promise<Shop> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    ...options,
  });
  contexts.push(context);
  context.on("request", (request) => {
    if (!/^(?:http:\/\/127\.0\.0\.1:|data:|blob:)/.test(request.url())) foreign.push(request.url());
  });
  context.on("weberror", (fault) => faults.push(fault.error().message));
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      console.error(`refused by the policy: ${violatedDirective} ${blockedURI.slice(0, 100)}`);
    });
  });
  context.on("console", (message) => {
    if (message.text().startsWith("refused by the policy")) faults.push(message.text());
  });
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${String(server.config.port)}/demo/`);
  const [ann, ben] = ["#ann", "#ben"].map((id) => page.locator(`${id} sx-call-view`)) as [
    Locator,
    Locator,
  ];
  for (const phone of [ann, ben]) await until(phone, ({ state }) => state === "connected");
  return { page, ann, ben };
}

/** Waits until a phone's call is as the condition says. */
async function until(
  phone: Locator,
  condition: (snapshot: SxCallView["snapshot"]) => boolean,
): Promise<void> {
  await expect
    .poll(async () => condition(await phone.evaluate((view) => (view as SxCallView).snapshot)), {
      timeout: 45_000,
      interval: 200,
    })
    .toBe(true);
}

const isProtected = ({ protection }: SxCallView["snapshot"]) => protection.status === "protected";

const switchOf = (page: Page, name: string) => page.getByRole("switch", { name, exact: true });

async function frames(page: Page): Promise<number> {
  const text = (await page.locator("#relayed").textContent()) ?? "";
  return Number(/[\d,]+/.exec(text)?.[0].replaceAll(",", "") ?? 0);
}

/** Of everything that may be pressed: whether it is within the window. */
async function outOfSight(page: Page): Promise<string[]> {
  return page.locator("a, select, .shown label, .handset").evaluateAll((all) =>
    all
      .filter((each) => each.checkVisibility({ visibilityProperty: true }))
      .filter((each) => !each.closest(".elsewhere"))
      .filter((each) => {
        const { top, bottom, left, right } = each.getBoundingClientRect();
        return top < 0 || left < 0 || bottom > innerHeight || right > innerWidth;
      })
      .map((each) => each.textContent),
  );
}

/** Of everything that may be pressed in sight: whether something else would take the press. */
async function covered(page: Page): Promise<string[]> {
  return page.locator("a, select, .shown label, .toggles button").evaluateAll((all) =>
    all
      .filter((each) => each.checkVisibility({ visibilityProperty: true }))
      .filter((each) => {
        const { left, top, width, height } = each.getBoundingClientRect();
        const [x, y] = [left + width / 2, top + height / 2];
        const row = each.closest(".toggles")?.getBoundingClientRect();
        // A row that scrolls sideways has more than is seen.
        if (row && (x > row.right || x < row.left)) return false;
        return !each.contains(document.elementFromPoint(x, y));
      })
      .map((each) => each.textContent),
  );
}

/** Whether what the relay sees has its room: words, pictures, and bytes that move. */
const relayRoom = (page: Page) =>
  page.locator("#relay").evaluate((relay) => ({
    isCut: relay.scrollHeight > relay.clientHeight || relay.scrollWidth > relay.clientWidth,
    hasBytes: relay.querySelector(".bytes")!.clientHeight >= 48,
  }));

describe("the shop window", { tags: "long" }, () => {
  it("shows a call that runs, encrypted, and what is seen of it on its way, before anything is pressed", async () => {
    const { page, ann, ben } = await open();
    await Promise.all([until(ann, isProtected), until(ben, isProtected)]);
    for (const phone of [ann, ben]) {
      await phone.locator("video.picture").waitFor();
      await phone.getByText("End-to-end encrypted").first().waitFor();
    }
    const before = await frames(page);
    await expect.poll(() => frames(page), { timeout: 20_000 }).toBeGreaterThan(before + 20);
    // Nobody has asked to hear anything yet, and nothing is offered that would be silent.
    expect(await ann.getByRole("button", { name: "Tap to hear" }).isVisible()).toBe(false);
  });

  it("is one screen on a phone and a small tablet, with the other phone and the relay one press away", async () => {
    const { page, ann, ben } = await open({ viewport: { width: 390, height: 844 } });
    for (const [width, height] of [
      [320, 568],
      [360, 640],
      [667, 375],
      [844, 390],
      [768, 1024],
      [390, 844],
    ] as const) {
      await page.setViewportSize({ width, height });
      const size = await page.evaluate(() => {
        const { scrollHeight, scrollWidth } = document.documentElement;
        return [scrollWidth, scrollHeight];
      });
      const at = `${String(width)} × ${String(height)}`;
      expect(size).toEqual([width, height]);
      expect(await outOfSight(page), at).toEqual([]);
      expect(await covered(page), at).toEqual([]);
      expect(await relayRoom(page), at).toEqual({ isCut: false, hasBytes: true });
      // Large enough to be worked.
      for (const name of ["End call", "More"])
        await ann.getByRole("button", { name, exact: true }).waitFor();
    }
    expect([await ann.isVisible(), await ben.isVisible()]).toEqual([true, false]);
    await page.getByText("Ben’s phone").click();
    expect([await ann.isVisible(), await ben.isVisible()]).toEqual([false, true]);
    await page.getByText("In between").click();
    await page.getByRole("heading", { name: "What a relay sees" }).waitFor();
    await expect.poll(() => frames(page)).toBeGreaterThan(0);
  });

  it("shows all of its switches in a window and on a tablet", async () => {
    const { page } = await open();
    for (const viewport of [
      { width: 1920, height: 1080 },
      { width: 1440, height: 900 },
      { width: 1280, height: 720 },
      { width: 1024, height: 768 },
    ]) {
      await page.setViewportSize(viewport);
      expect(await outOfSight(page)).toEqual([]);
      expect(await covered(page)).toEqual([]);
      expect(await relayRoom(page)).toEqual({ isCut: false, hasBytes: true });
      const toggles = page.locator(".toggles");
      expect(await toggles.evaluate((each) => each.scrollHeight - each.clientHeight)).toBe(0);
    }
  });

  it("warns of tampering while sound is changed on its way, and no longer after", async () => {
    const { page, ann } = await open();
    await until(ann, isProtected);
    await switchOf(page, "Tampering").click();
    await until(ann, ({ protection }) => protection.status === "tampered");
    await ann.getByText("Someone may be tampering with this call").first().waitFor();
    await switchOf(page, "Tampering").click();
    await until(ann, isProtected);
  });

  it("shows a weak network as the phones measure it", async () => {
    const { page, ann } = await open();
    await switchOf(page, "Weak network").click();
    await until(ann, ({ quality }) => (quality?.freezesPerMinute ?? 0) > 10);
    await until(ann, ({ quality }) => quality?.bars === 1 || quality?.bars === 2);
    // Held back is not lost, and not taken for an attack.
    await until(ann, isProtected);
  });

  it("shares Ben's screen until the switch or Ben's own button ends it", async () => {
    const { page, ann, ben } = await open();
    const share = switchOf(page, "Shared screen");
    await share.click();
    await until(ann, ({ remote }) => remote.screen);
    await share.click();
    await until(ann, ({ remote }) => !remote.screen);
    await share.click();
    await until(ann, ({ remote }) => remote.screen);
    await ben.getByRole("button", { name: "Stop sharing" }).click();
    await expect.poll(() => share.getAttribute("aria-checked")).toBe("false");
  });

  it("rings with a second call, which ends by either side", async () => {
    const { page, ann } = await open();
    const second = switchOf(page, "Second call");
    await second.click();
    await ann.getByText("Carol Díaz").first().waitFor();
    await second.click();
    await ann.getByText("Carol Díaz").first().waitFor({ state: "detached" });
    await second.click();
    await ann.getByRole("button", { name: "Decline" }).first().click();
    await expect.poll(() => second.getAttribute("aria-checked")).toBe("false");
  });

  it("speaks every language, from right to left where it is so", async () => {
    const { page } = await open();
    // In the page: 25 languages by the driver take longer than all other tests together.
    const seen = await page.evaluate(async () => {
      const language = document.querySelector<HTMLSelectElement>("#language")!;
      const stage = document.querySelector<HTMLElement>(".stage")!;
      const phone = document.querySelector<HTMLElement>("#ann .handset")!;
      const view = phone.querySelector("sx-call-view")!;
      const found: [code: string, direction: string, label: string][] = [];
      for (const { value: code } of language.options) {
        language.value = code;
        language.dispatchEvent(new Event("change"));
        while (stage.lang !== code) await new Promise(requestAnimationFrame);
        await view.updateComplete;
        const controls = view.shadowRoot!.querySelector("sx-call-controls")!;
        await controls.updateComplete;
        const button = controls.shadowRoot!.querySelector('[part~="hang-up"]')!;
        found.push([code, phone.dir, button.getAttribute("aria-label") ?? ""]);
      }
      return found;
    });
    expect(seen.length).toBe(25);
    for (const [code, direction] of seen)
      expect(direction).toBe(["ar", "fa", "he"].includes(code) ? "rtl" : "ltr");
    expect(new Set(seen.map(([, , label]) => label)).size).toBeGreaterThan(20);
  });

  it("takes another theme and the dark, and has no finding of axe", async () => {
    const { page, ann } = await open();
    expect(await findingsOf(page)).toEqual([]);
    await page.getByLabel("Colours").selectOption("dark");
    await page.getByLabel("Theme").selectOption("forest");
    expect(await findingsOf(page)).toEqual([]);
    const accent = () =>
      ann.evaluate((view) => getComputedStyle(view).getPropertyValue("--sx-color-accent"));
    expect(await accent()).toContain("#7fe0b2");
  });

  it("is worked by keys alone, and calls again after the call", async () => {
    const { page, ann, ben } = await open();
    await switchOf(page, "Sound").focus();
    await page.keyboard.press("Space");
    await expect.poll(() => ann.evaluate((view) => (view as SxCallView).callVolume)).toBe(1);
    await ann.getByRole("button", { name: "End call" }).focus();
    await page.keyboard.press("Enter");
    await until(ben, ({ state }) => state === "ended");
    await page.getByRole("button", { name: "Call Ben Okoro" }).focus();
    await page.keyboard.press("Enter");
    await until(ben, ({ state }) => state === "incoming");
  });

  it("leads to the call with one's own camera", async () => {
    const { page } = await open();
    const link = page.getByRole("link", { name: "Call with your camera" });
    const address = await link.evaluate((each) => (each as HTMLAnchorElement).href);
    expect(address).toMatch(/\/demo\/room\.html$/);
    expect((await fetch(address)).status).toBe(200);
  });
});
