import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveEffects } from "../support/effects-page.ts";
import { skipsFirefox, startBrowser, type EngineName } from "../support/interop/browsers.ts";

/*
 * A call that is declined with words, and the note that its caller leaves, between the pages of two engines as built. Reads `dist/`, which
 * `npm test` builds first.
 */

let served: Awaited<ReturnType<typeof serveEffects>>;

beforeAll(async () => {
  served = await serveEffects();
});

afterAll(() => {
  served.stop();
});

/** A page of a person: its first view, whose messages the test carries. */
async function pageOf(engine: EngineName): Promise<Page> {
  const browser = await startBrowser(engine);
  const page = await (await browser.createBrowserContext()).newPage();
  await page.goto(served.origin);
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
function carry(a: Page, b: Page): () => void {
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

const until = (page: Page, condition: string) =>
  expect.poll(() => page.evaluate(`Boolean(${condition})`), { timeout: 20_000 }).toBe(true);

async function press(page: Page, part: string): Promise<void> {
  await until(page, `find("${part}")`);
  await page.evaluate(`find("${part}").click()`);
}

async function declinedWithNote(from: EngineName, to: EngineName): Promise<void> {
  const [caller, callee] = await Promise.all([pageOf(from), pageOf(to)]);
  const stop = carry(caller, callee);
  try {
    await caller.evaluate("view.notes = true");
    await callee.evaluate(`view.quickTexts = ["In a meeting.", "On my way \\u202e now"]`);
    await caller.evaluate(`void view.startCall({ media: "audio" })`);
    await until(callee, `view.state === "incoming"`);
    await press(callee, "decline-with-text");
    await until(callee, `find("quick-text")`);
    await callee.evaluate(`find("texts").querySelectorAll("[part~=quick-text]")[1].click()`);
    await until(caller, `view.state === "ended"`);
    // Without the mark that would turn what follows.
    expect(await caller.evaluate("view.snapshot.ending.text")).toBe("On my way now");
    await until(caller, `find("text")?.textContent.includes("On my way now")`);
    expect(await callee.evaluate("view.snapshot.record.text")).toBe("On my way now");

    await press(caller, "leave-note");
    await until(caller, `find("note-time") && !find("note-time").textContent.startsWith("00:00")`);
    await press(caller, "note-stop");
    await press(caller, "note-send");
    await until(caller, "notes.length === 1");
    const note = (await caller.evaluate(
      "({ type: notes[0].mimeType, size: notes[0].blob.size, milliseconds: notes[0].durationMs, isOfCall: notes[0].callId === view.snapshot.record.callId })",
    )) as { type: string; size: number; milliseconds: number; isOfCall: boolean };
    expect(note.type).toMatch(/^audio\/(?:webm|ogg|mp4)/);
    expect(note.size).toBeGreaterThan(500);
    expect(note.milliseconds).toBeGreaterThan(500);
    expect(note.isOfCall).toBe(true);
  } finally {
    stop();
    await Promise.all([caller, callee].map((page) => page.browserContext().close()));
  }
}

describe("a call that is declined with words", () => {
  it(
    "shows them to the caller, who leaves a note: Chromium with Chromium",
    () => declinedWithNote("chromium", "chromium"),
    60_000,
  );

  it.skipIf(skipsFirefox)(
    "shows them to the caller, who leaves a note: Firefox calls Chromium",
    { tags: "long", timeout: 60_000 },
    () => declinedWithNote("firefox", "chromium"),
  );

  it.skipIf(skipsFirefox)(
    "shows them to the caller, who leaves a note: Chromium calls Firefox",
    { tags: "long", timeout: 60_000 },
    () => declinedWithNote("chromium", "firefox"),
  );
});
