// Firefox ESR, with what `DevToolsPage` has: by puppeteer's WebDriver BiDi.
import { setTimeout as wait } from "node:timers/promises";
import { launch } from "puppeteer-core";
import type { Browser, Page } from "puppeteer-core";
import { firefoxPreferences } from "../../../.config/browser-options.mjs";
import { firefoxPath } from "../interop/browsers.ts";
import type { EnginePage } from "./devtools.ts";

/** One page of Firefox. Its colour scheme is a preference of the whole browser: with another one it is started anew. */
export class FirefoxPage implements EnginePage {
  readonly errors: string[] = [];
  #scheme: "light" | "dark" = "light";
  #browser: Browser;
  #page: Page;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.#page = page;
    this.#listen();
  }

  static async start(): Promise<FirefoxPage> {
    return new FirefoxPage(...(await startFirefox("light")));
  }

  async evaluate<T>(expression: string): Promise<T> {
    return (await this.#page.evaluate(expression)) as T;
  }

  async open(url: string): Promise<void> {
    await this.#page.goto(url);
  }

  async until(expression: string, milliseconds = 60_000): Promise<void> {
    const end = performance.now() + milliseconds;
    while (!(await this.evaluate<boolean>(`Boolean(${expression})`))) {
      if (performance.now() > end)
        throw new Error(`Not in time: ${expression}\n${this.errors.join("\n")}`);
      await wait(50);
    }
  }

  async emulate(width: number, height: number, scheme: "light" | "dark", scale = 1): Promise<void> {
    if (scheme !== this.#scheme) {
      await this.#browser.close();
      [this.#browser, this.#page] = await startFirefox(scheme);
      this.#scheme = scheme;
      this.#listen();
    }
    await this.#page.setViewport({ width, height, deviceScaleFactor: scale });
  }

  async screenshot(): Promise<Buffer> {
    return Buffer.from(await this.#page.screenshot({ type: "png" }));
  }

  async stop(): Promise<void> {
    await this.#browser.close();
  }

  #listen(): void {
    this.#page.on("pageerror", (error) => this.errors.push(String(error)));
  }
}

async function startFirefox(scheme: "light" | "dark"): Promise<[Browser, Page]> {
  if (firefoxPath === undefined) throw new Error("There is no Firefox (Debian: firefox-esr).");
  const browser = await launch({
    browser: "firefox",
    executablePath: firefoxPath,
    headless: true,
    extraPrefsFirefox: {
      ...firefoxPreferences,
      "layout.css.prefers-color-scheme.content-override": scheme === "dark" ? 0 : 1,
      "ui.prefersReducedMotion": 1,
    },
  });
  return [browser, await browser.newPage()];
}
