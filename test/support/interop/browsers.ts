import { launch } from "puppeteer-core";
import type { Browser } from "puppeteer-core";
import {
  browserArguments,
  findBrowser,
  findFirefox,
  firefoxPreferences,
} from "../../../.tools/find-browser.mjs";

/** The engines that calls are made between. */
export type EngineName = "chromium" | "firefox";

/** Firefox's path. In CI it must be there: a test that is skipped proves nothing. */
export const firefoxPath = findFirefox();
export const skipsFirefox = firefoxPath === undefined && !process.env.CI;
if (skipsFirefox)
  process.stdout.write(
    "No Firefox here: the calls between Chromium and Firefox are skipped. FIREFOX_PATH names one.\n",
  );

/** Starts a browser whose pages give plain addresses on this machine without asking for a device. */
export function startBrowser(engine: EngineName): Promise<Browser> {
  if (engine === "firefox") {
    if (firefoxPath === undefined)
      throw new Error(
        "There is no Firefox: install it (Debian: firefox-esr) or name it in FIREFOX_PATH.",
      );
    return launch({
      browser: "firefox",
      executablePath: firefoxPath,
      headless: true,
      extraPrefsFirefox: firefoxPreferences,
    });
  }
  const executablePath = findBrowser();
  if (executablePath === undefined)
    throw new Error("There is no Chromium: install it or name it in CHROME_PATH.");
  const own = ["--allow-loopback-in-peer-connection"];
  return launch({
    browser: "chrome",
    executablePath,
    headless: true,
    args: [...browserArguments, ...own],
  });
}
