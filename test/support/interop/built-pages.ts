import type { Page } from "puppeteer-core";
import { expect, it } from "vitest";
import { skipsFirefox, startBrowser, type EngineName } from "./browsers.ts";

/** Declares a test between two pages of Chromium, and both ways between Chromium and Firefox in the long part. */
export function betweenEngines(
  does: string,
  run: (from: EngineName, to: EngineName) => Promise<void>,
  timeout = 60_000,
): void {
  it(`${does}: from chromium to chromium`, () => run("chromium", "chromium"), timeout);
  for (const [from, to] of [
    ["chromium", "firefox"],
    ["firefox", "chromium"],
  ] as const)
    it.skipIf(skipsFirefox)(`${does}: from ${from} to ${to}`, { tags: "long", timeout }, () =>
      run(from, to),
    );
}

/**
 * A page of a person, as built: its first view, whose messages the test carries.
 *
 * @param before a script that runs before those of the page.
 */
export async function builtPage(
  engine: EngineName,
  origin: string,
  before?: string,
): Promise<Page> {
  const browser = await startBrowser(engine);
  const page = await (await browser.createBrowserContext()).newPage();
  if (before !== undefined) await page.evaluateOnNewDocument(before);
  await page.goto(origin);
  await page.evaluate(`(() => {
    globalThis.view = document.querySelector("sx-call-view");
    globalThis.outbox = [];
    globalThis.notes = [];
    view.contact = { id: "other", name: "Ann" };
    view.addEventListener("sx-signal", ({ detail }) => outbox.push(JSON.stringify(detail.message)));
    view.addEventListener("sx-note", ({ detail }) => notes.push(detail));
    // Clicks what the screen shows, in whatever element inside.
    globalThis.find = (part, root = view.shadowRoot) => {
      const found = root.querySelector('[part~="' + part + '"]');
      if (found) return found;
      for (const inner of root.querySelectorAll("*"))
        if (inner.shadowRoot) {
          const deep = find(part, inner.shadowRoot);
          if (deep) return deep;
        }
      return null;
    };
  })()`);
  return page;
}

/** Carries every message between two pages until the test is over. */
export function carry(a: Page, b: Page): () => void {
  let isOver = false;
  const move = async (from: Page, to: Page) => {
    while (!isOver) {
      const messages = (await from.evaluate("outbox.splice(0)")) as string[];
      for (const message of messages)
        await to.evaluate(`view.receiveSignal(${JSON.stringify(JSON.parse(message))}, "other")`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  for (const way of [move(a, b), move(b, a)]) void way.catch(() => undefined);
  return () => {
    isOver = true;
  };
}

export const until = (page: Page, condition: string) =>
  expect
    .poll(() => page.evaluate(`(async () => Boolean(${condition}))()`), { timeout: 20_000 })
    .toBe(true);

export async function press(page: Page, part: string): Promise<void> {
  await until(page, `find("${part}")`);
  await page.evaluate(`find("${part}").click()`);
}
