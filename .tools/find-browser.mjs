// Finds the browsers of the tests. Order: named by the environment, installed, downloaded by Playwright.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { computeSystemExecutablePath } from "@puppeteer/browsers";
import { chromium } from "playwright";

/** @returns {string | undefined} the path of a Chromium or Chrome that starts, if there is one. */
export const findBrowser = ({ env = process.env, starts = canStart } = {}) =>
  // An explicitly named browser is not silently replaced.
  env.CHROME_PATH ||
  env.PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH ||
  [
    ...inPath(["chromium", "google-chrome-stable", "google-chrome", "chromium-browser"], env),
    ...chromeOfSystem(),
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Chromium/Application/chrome.exe",
    chromium.executablePath(),
  ].find((path) => existsSync(path) && starts(path));

/** @returns {string | undefined} the path of a Firefox that starts, if there is one. */
export const findFirefox = ({ env = process.env, starts = canStart } = {}) =>
  env.FIREFOX_PATH ||
  [
    ...inPath(["firefox-esr", "firefox"], env),
    "/Applications/Firefox.app/Contents/MacOS/firefox",
    "C:/Program Files/Mozilla Firefox/firefox.exe",
  ].find((path) => existsSync(path) && starts(path));

const inPath = (names, { PATH = "" }) =>
  names.flatMap((name) => PATH.split(delimiter).map((folder) => join(folder, name)));

/** Where Chrome is installed on each system. */
function chromeOfSystem() {
  try {
    return [computeSystemExecutablePath({ browser: "chrome", channel: "stable" })];
  } catch {
    return [];
  }
}

/** Ubuntu's `chromium-browser` and `firefox` only ask to install a snap, and a downloaded browser may lack its libraries. */
function canStart(path) {
  // On Windows `--version` opens a window, and macOS has neither trap.
  if (process.platform !== "linux") return true;
  return spawnSync(path, ["--version"], { stdio: "ignore", timeout: 20_000 }).status === 0;
}
