import { chromium } from "playwright";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CallMedia, CallStateName } from "sx-call-kit";
import { launchOptions } from "../../.config/browser-options.mjs";
import type { Moment, Note } from "../support/interop/film.ts";
import { develop, film, keepFilm, numberOf } from "../support/interop/film-reel.ts";
import type { Seen, Sight } from "../support/interop/film-reel.ts";
import { serve } from "../support/interop/serve.ts";
import type { Server } from "../support/interop/serve.ts";

let server: Server;
let browser: Browser;

beforeAll(async () => {
  server = await serve(["test/support/interop/film.ts"]);
  browser = await chromium.launch(launchOptions());
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

type Side = 0 | 1;
const sideNames = ["caller", "callee"] as const;

/** Relative luminance: the page is light, the call is not. */
const dark = 0.3;

interface Film {
  readonly notes: readonly Note[];
  readonly seen: readonly Seen[];
}

const wait = (page: Page, condition: () => boolean) =>
  page.waitForFunction(condition, undefined, { timeout: 60_000 });

/** Films a whole call: dialled, ringing, accepted, seen by both, ended. */
async function filmCall(
  name: string,
  size: readonly [number, number],
  media: CallMedia,
  colorScheme: "light" | "dark" = "light",
): Promise<Film> {
  const [width, height] = size;
  const context = await browser.newContext({
    viewport: { width: width * 2, height: height + 8 },
    colorScheme,
    permissions: ["camera", "microphone"],
  });
  try {
    const page = await context.newPage();
    await page.goto(
      `http://127.0.0.1:${String(server.config.port)}/test/support/interop/film.html`,
    );
    await page.waitForFunction(() => "film" in window);
    await page.evaluate(([w, h]) => window.film.show(w, h), size);
    const reel = await film(page);
    await page.evaluate((asked) => window.film.dial(asked), media);
    await wait(page, () => window.film.stateOf("callee") === "incoming");
    if (media === "video") await wait(page, () => window.film.seesItself("caller"));
    await page.evaluate((asked) => window.film.accept(asked), media);
    await wait(page, () =>
      ["caller", "callee"].every((side) => window.film.stateOf(side) === "connected"),
    );
    if (media === "video")
      await wait(page, () => ["caller", "callee"].every((side) => window.film.seesPicture(side)));
    await page.evaluate(() => window.film.hangUp());
    await wait(page, () =>
      ["caller", "callee"].every((side) => window.film.stateOf(side) === "ended"),
    );
    await wait(page, () => window.film.endedAt() !== -1);
    // Until it is filmed how it ended.
    const end = await page.evaluate(() => window.film.endedAt());
    const reader = await context.newPage();
    await expect
      .poll(async () => reader.evaluate(numberOf, reel.last!.data), { timeout: 20_000 })
      .toBeGreaterThanOrEqual(end);
    const frames = await reel.stop();
    const notes = await page.evaluate(() => window.film.notes());
    await keepFilm(name, frames);
    return { notes, seen: await develop(browser, frames, notes, size) };
  } finally {
    await context.close();
  }
}

/** The moments of one side from its first action to the end. */
function running({ notes }: Film, side: Side): readonly Moment[] {
  const states: readonly CallStateName[] =
    side === 0
      ? ["inviting", "ringing", "connecting", "connected", "ended"]
      : ["connecting", "connected", "ended"];
  return notes
    .map(({ sides }) => sides[side])
    .filter(({ state, isIdle }) => states.includes(state) && !isIdle);
}

/** The different places in which something stood. */
const places = (moments: readonly Moment[], of: (moment: Moment) => unknown): string[] => [
  ...new Set(moments.flatMap((moment) => (of(moment) === null ? [] : JSON.stringify(of(moment))))),
];

/** What is seen of a side while a call is on its screen: from the frame after the first note of it. */
function shown({ notes, seen }: Film, side: Side): readonly Sight[] {
  const isOn = ({ sides }: Note) => !sides[side].isIdle;
  const [first, last] = [notes.findIndex(isOn), notes.findLastIndex(isOn)];
  return seen.filter(({ frame }) => frame > first && frame < last).map(({ sides }) => sides[side]);
}

/** What is seen one after the other, without repetitions. */
function scenesOf(sights: readonly Sight[]): string[] {
  const scenes = sights.map(({ isPicture }) => (isPicture ? "picture" : "dark"));
  return scenes.filter((scene, index) => scene !== scenes[index - 1]);
}

/** What never moves. */
const things: readonly (readonly [string, (moment: Moment) => unknown])[] = [
  // Its width and height are those of the words.
  ["name", ({ name }) => name?.slice(0, 2) ?? null],
  ["microphone", ({ microphone }) => microphone],
  ["end", ({ hangUp }) => hangUp],
];

function expectOneScene(made: Film, media: CallMedia): void {
  for (const side of [0, 1] as const) {
    const who = sideNames[side];
    const moments = running(made, side);
    for (const [what, of] of things) {
      const found = places(moments, of);
      expect(found, `${what} of the ${who}`).toEqual(found.slice(0, 1));
    }
    const unreadable = shown(made, side).filter(
      ({ contrast }) => contrast !== null && contrast < 3,
    );
    expect(unreadable, `controls of the ${who}`).toEqual([]);
    expect(
      Math.max(...shown(made, side).map(({ edge }) => edge)),
      `edge of the ${who}`,
    ).toBeLessThan(dark);
    if (media === "video")
      // Never a picture, nothing, a picture.
      expect(scenesOf(shown(made, side)), `scenes of the ${who}`).toEqual([
        "dark",
        "picture",
        "dark",
      ]);
    else expect(scenesOf(shown(made, side)), `scenes of the ${who}`).toEqual(["dark"]);
  }
}

describe("a call that is filmed from dialling to its end", () => {
  for (const size of [
    [390, 844],
    [960, 600],
  ] as const) {
    for (const media of ["video", "audio"] as const)
      it(
        `is one scene on both sides: ${media}, ${String(size[0])} px wide, in a light theme`,
        { timeout: 300_000 },
        async () => {
          expectOneScene(await filmCall(`${media}-${String(size[0])}`, size, media), media);
        },
      );
  }
});
