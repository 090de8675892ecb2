import type { Browser } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OverVideoPage } from "../support/interop/over-video.ts";
import { startPlaywright } from "../support/interop/browsers.ts";
import { serve } from "../support/interop/serve.ts";
import type { Server } from "../support/interop/serve.ts";
import { poorOf } from "../support/readability.ts";
import type { Contrast } from "../support/readability.ts";

let server: Server;
let browser: Browser;

/** Thin letters are drawn whole only where there are pixels enough. */
const scale = 3;

beforeAll(async () => {
  server = await serve(["test/support/interop/over-video.ts"]);
  browser = await startPlaywright();
});

afterAll(() => server.stop());

async function contrastsOver(
  colour: string,
  colorScheme: "light" | "dark",
  style = "/* none */",
): Promise<Contrast[]> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: scale,
    colorScheme,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  await page.goto(
    `http://127.0.0.1:${String(server.config.port)}/test/support/interop/over-video.html`,
  );
  await page.waitForFunction(() => "overVideo" in globalThis);
  await page.evaluate(
    (shown) => (globalThis as unknown as { overVideo: OverVideoPage }).overVideo.show(shown),
    colour,
  );
  await page.addStyleTag({ content: style });
  const screenshot = (await page.screenshot()).toString("base64");
  const contrasts = await page.evaluate(
    ([picture, pixels]) =>
      (globalThis as unknown as { overVideo: OverVideoPage }).overVideo.measure(picture, pixels),
    [screenshot, scale] as const,
  );
  await context.close();
  return contrasts;
}

describe("what stands over a picture", { tags: "long" }, () => {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const colour of ["#ffffff", "#000000"]) {
      it(`is readable over ${colour} where the page is ${colorScheme}: words by 4.5 to 1, icons by 3 to 1`, async () => {
        const contrasts = await contrastsOver(colour, colorScheme);
        const names = contrasts.map(({ name }) => name);
        expect(names).toEqual(expect.arrayContaining(["Ann Petersen", "Microphone", "End call"]));
        expect(poorOf(contrasts)).toEqual([]);
      });
    }
  }

  it("is found to be unreadable without the scrim", async () => {
    const contrasts = await contrastsOver(
      "#ffffff",
      "light",
      "sx-call-view { --sx-color-scrim: transparent; }",
    );
    expect(poorOf(contrasts)).not.toEqual([]);
  });
});
