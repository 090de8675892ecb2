import { mkdirSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import floor from "../../.config/floor.json" with { type: "json" };
import { findBrowser } from "../../.tools/find-browser.mjs";
import { DevToolsPage } from "../support/engines/devtools.ts";
import type { EnginePage } from "../support/engines/devtools.ts";
import { FirefoxPage } from "../support/engines/firefox.ts";
import { oldChromium, oldChromiums } from "../support/engines/old-chromium.ts";
import { serveEnginePages } from "../support/engines/pages.ts";
import type { EnginePages } from "../support/engines/pages.ts";
import { startQt } from "../support/engines/qt.ts";
import { skipsQt } from "../support/hosts/qt-app.ts";
import { skipsFirefox } from "../support/interop/browsers.ts";
import { poorOf } from "../support/readability.ts";
import type { Contrast } from "../support/readability.ts";

let pages: EnginePages;

beforeAll(async () => {
  pages = await serveEnginePages(`chrome${floor.chromium}`);
});

afterAll(() => {
  pages.stop();
});

/** Situations of a call, by the names of the posters. */
const moments = [
  ...["incoming audio", "incoming video", "ringing", "connecting", "connected audio"],
  ...["connected video", "shared screen", "reconnecting", "waiting", "ended", "blocked"],
];

const engines = [
  ...oldChromiums.map((major) => ({
    name: `Chromium ${String(major)}`,
    start: async () => DevToolsPage.start(await oldChromium(major)),
  })),
  { name: "today's Chromium", start: () => DevToolsPage.start(findBrowser() ?? "chromium") },
  ...(skipsQt() ? [] : [{ name: "QtWebEngine", start: startQt }]),
  ...(skipsFirefox ? [] : [{ name: "Firefox ESR", start: () => FirefoxPage.start() }]),
];

/** Presses the button that has that name, once it is there. */
async function press(page: EnginePage, view: number, name: string): Promise<void> {
  const button = `buttonOf(${String(view)}, ${JSON.stringify(name)})`;
  await page.until(button);
  await page.evaluate(`void ${button}.click()`);
}

describe.each(engines)("$name", ({ name, start }) => {
  let page: EnginePage;

  beforeAll(async () => {
    page = await start();
  }, 300_000);

  afterAll(async () => {
    await page.stop();
  });

  it("makes a video call that is protected both ways, by the names on the buttons", async () => {
    await page.emulate(1200, 800, "light");
    await page.open(`${pages.origin}/call`);
    await page.evaluate(`void views[0].startCall({ media: "video" })`);
    await press(page, 1, "Accept with video");
    await page.until(
      `views.every(({ snapshot }) => snapshot.state === "connected" && snapshot.protection.status === "protected")`,
    );
    await press(page, 0, "Microphone");
    await page.until(`views[1].snapshot.remote.known && !views[1].snapshot.remote.microphone`);
    await press(page, 1, "End call");
    await page.until(`views.every(({ snapshot }) => snapshot.state === "ended")`);
    expect(page.errors).toEqual([]);
  });

  describe.each(["light", "dark"] as const)("in a %s page", (scheme) => {
    it.each(moments)("shows %s so that all of it can be read and pressed", async (moment) => {
      await page.emulate(390, 844, scheme);
      await page.open(`${pages.origin}/states`);
      await page.evaluate(`states.show(${JSON.stringify(moment)})`);
      await page.until("states.isDrawn()");
      // Two frames: the picture that was decoded is painted.
      await page.evaluate(
        "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))",
      );
      await page.emulate(390, 844, scheme, 3);
      const picture = await page.screenshot();
      if (process.env.ENGINE_PICTURES) {
        mkdirSync(process.env.ENGINE_PICTURES, { recursive: true });
        writeFileSync(`${process.env.ENGINE_PICTURES}/${name} ${scheme} ${moment}.png`, picture);
      }
      const contrasts = await page.evaluate<Contrast[]>(
        `states.measure(${JSON.stringify(picture.toString("base64"))}, 3)`,
      );
      expect(contrasts.length).toBeGreaterThan(3);
      expect(poorOf(contrasts)).toEqual([]);
      expect(await page.evaluate("states.misplaced()")).toEqual([]);
      expect(await page.evaluate("states.unseen()")).toEqual([]);
      expect(page.errors).toEqual([]);
    });
  });
});

describe("Chromium 92, below the floor", () => {
  let page: EnginePage;

  beforeAll(async () => {
    page = await DevToolsPage.start(await oldChromium(92));
  }, 300_000);

  afterAll(async () => {
    await page.stop();
  });

  it.each(["light", "dark"] as const)(
    "says in a %s page that calls do not work here, so that it can be read",
    async (scheme) => {
      await page.emulate(1200, 800, scheme);
      await page.open(`${pages.origin}/call`);
      const words = `[...document.querySelectorAll("sx-call-view")].map((view) => (view.shadowRoot || view).textContent)`;
      await page.until(`${words}.every((text) => /This app can’t make calls/.test(text))`);
      await page.evaluate(`document.documentElement.style.colorScheme = "${scheme}"`);
      await page.evaluate(
        `new Promise((done, fail) => document.head.append(Object.assign(document.createElement("script"), { src: "/readability.js", onload: () => done(), onerror: fail })))`,
      );
      await page.emulate(1200, 800, scheme, 3);
      const picture = (await page.screenshot()).toString("base64");
      const contrasts = await page.evaluate<Contrast[]>(
        `readability.measure(${JSON.stringify(picture)}, 3)`,
      );
      for (const text of ["This app can’t make calls", "Object.hasOwn"])
        expect(contrasts.filter(({ name }) => name.includes(text))).toHaveLength(2);
      expect(poorOf(contrasts)).toEqual([]);
      expect(page.errors).toEqual([]);
    },
  );
});
