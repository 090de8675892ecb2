import { chromium } from "playwright";
import type { Browser, BrowserContext, Page } from "playwright";
import { afterAll, beforeAll, expect } from "vitest";
import type { CallMedia, SignalMessage } from "sx-call-kit";
import { launchOptions } from "../../../.config/browser-options.mjs";
import { relayed } from "./call.ts";
import { develop, film, keepFilm, numberOf } from "./film-reel.ts";
import type { Reel } from "./film-reel.ts";
import type { Film } from "./film-rules.ts";
import type { Stage } from "./film.ts";
import { UdpRelay } from "./udp-relay.ts";
import { serve } from "./serve.ts";
import type { Server } from "./serve.ts";

const patience = { timeout: 60_000 };

/** A page with both sides of a call, and what films it. */
export class Take {
  readonly page: Page;
  /** What a stage with `isRelayed` has between both sides. */
  readonly relay: UdpRelay;
  readonly #reader: Page;
  #reel: Reel | undefined;

  constructor(page: Page, relay: UdpRelay, reader: Page) {
    this.page = page;
    this.relay = relay;
    this.#reader = reader;
  }

  async roll(): Promise<void> {
    this.#reel = await film(this.page);
  }

  until(condition: () => boolean): Promise<unknown> {
    return this.page.waitForFunction(condition, undefined, patience);
  }

  /** Until every picture has come, nothing moves, and it was filmed so. */
  async untilStill(): Promise<void> {
    await this.until(() => window.film.isSettled());
    const from = await this.page.evaluate(() => window.film.notes().length);
    // So many frames that whatever comes a moment later is filmed, too.
    await this.page.waitForFunction(
      (first) => window.film.notes().length > first + 12 && window.film.isSettled(),
      from,
      patience,
    );
  }

  /** Presses a button of a side by its part. */
  async press(side: "caller" | "callee", part: string): Promise<void> {
    await this.page.evaluate(
      ([of, name]) => {
        window.film.press(of, name);
      },
      [side, part] as const,
    );
  }

  /** Until both see the picture of each other. */
  async untilBothSee(): Promise<void> {
    await this.until(() =>
      (["caller", "callee"] as const).every((side) => window.film.seesPicture(side)),
    );
  }

  /** Calls and accepts. */
  async connect(media: CallMedia): Promise<void> {
    await this.page.evaluate((asked) => window.film.dial(asked), media);
    await this.until(() => window.film.stateOf("callee") === "incoming");
    await this.page.evaluate((asked) => window.film.accept(asked), media);
    await this.untilConnected(media);
  }

  async untilConnected(media: CallMedia): Promise<void> {
    await this.until(() =>
      (["caller", "callee"] as const).every((side) => window.film.stateOf(side) === "connected"),
    );
    if (media === "video") await this.untilBothSee();
    await this.untilStill();
  }

  /** Until it is filmed what there is now, or what there was in a frame. */
  async stop(name: string, browser: Browser, last?: number): Promise<Film> {
    const reel = this.#reel!;
    const end = last ?? (await this.page.evaluate(() => window.film.notes().length - 2));
    await expect
      .poll(async () => this.#reader.evaluate(numberOf, reel.last!.data), { timeout: 20_000 })
      .toBeGreaterThanOrEqual(end);
    const frames = await reel.stop();
    const notes = await this.page.evaluate(() => window.film.notes());
    await keepFilm(name, frames);
    return { notes, seen: await develop(browser, frames, notes) };
  }
}

/** A browser and the pages in which films are made, for the tests of one file. */
export class Studio {
  #server: Server | undefined;
  #browser: Browser | undefined;
  #reader: Page | undefined;

  /** Has both started before the tests of a file, and ended after them. */
  constructor() {
    beforeAll(async () => {
      this.#server = await serve(["test/support/interop/film.ts"]);
      this.#browser = await chromium.launch(launchOptions());
      this.#reader = await this.#browser.newPage();
    });
    afterAll(async () => {
      await this.#browser?.close();
      await this.#server?.stop();
    });
  }

  /**
   * Makes a film.
   *
   * @param name of the folder for its pictures.
   * @param play what happens. Whatever is before it rolls is not filmed. Returns the number of the last frame, or of none for the present one.
   */
  async make(
    name: string,
    stage: Stage,
    play: (take: Take) => Promise<number | undefined>,
  ): Promise<Film> {
    const longer = stage.turns ? Math.max(...stage.size) : 0;
    const [width, height] = stage.size;
    const context: BrowserContext = await this.#browser!.newContext({
      viewport: { width: Math.max(longer, width) * 2, height: Math.max(longer, height) + 8 },
      colorScheme: "light",
      permissions: ["camera", "microphone"],
    });
    const relay = new UdpRelay({ loss: 0, delay: 0, seed: 1 });
    try {
      const page = await context.newPage();
      await page.exposeFunction("relayed", (message: SignalMessage, side: string) =>
        relayed(relay, message, side),
      );
      await page.goto(
        `http://127.0.0.1:${String(this.#server!.config.port)}/test/support/interop/film.html`,
      );
      await page.waitForFunction(() => "film" in window);
      await page.evaluate((given) => window.film.show(given), stage);
      const take = new Take(page, relay, this.#reader!);
      const last = await play(take);
      return await take.stop(name, this.#browser!, last ?? undefined);
    } finally {
      await context.close();
      await relay.close();
    }
  }
}
