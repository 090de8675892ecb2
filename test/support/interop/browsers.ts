import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser as PlaywrightBrowser } from "playwright";
import { launch } from "puppeteer-core";
import type { Browser, LaunchOptions, Page } from "puppeteer-core";
import {
  browserArguments,
  firefoxPreferences,
  launchOptions,
} from "../../../.config/browser-options.mjs";
import { findBrowser, findFirefox } from "../../../.tools/find-browser.mjs";

/** The engines that calls are made between. */
export type EngineName = "chromium" | "firefox";

/** Firefox's path. In CI it must be there: a test that is skipped proves nothing. */
export const firefoxPath = findFirefox();
export const skipsFirefox = firefoxPath === undefined && !process.env.CI;
if (skipsFirefox)
  process.stdout.write(
    "No Firefox here: the calls between Chromium and Firefox are skipped. FIREFOX_PATH names one.\n",
  );

/** By engine, for the files that run in one process: a browser takes longer to start than most tests need. */
const shared = new Map<EngineName, Promise<Browser>>();

/**
 * A browser whose pages give plain addresses on this machine without asking for a device. Tests of several files share it: `close` closes
 * what was opened in it, and it ends with the process. One that has died is replaced.
 */
export async function startBrowser(engine: EngineName): Promise<Browser> {
  let browser = await shared.get(engine)?.catch(() => undefined);
  if (!browser?.connected) {
    const started = launchBrowser(engine);
    shared.set(engine, started);
    browser = await started;
  }
  return new Proxy(browser, {
    get(target, name) {
      if (name === "close") return () => closePages(target);
      if (name === "newPage") return () => patientPage(target);
      if (name === "createBrowserContext")
        return async (...options: Parameters<Browser["createBrowserContext"]>) => {
          const context = await target.createBrowserContext(...options);
          const { newPage } = context;
          context.newPage = () => patientPage({ newPage: newPage.bind(context) });
          return context;
        };
      const value = Reflect.get(target, name) as unknown;
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}

/**
 * Opens a page that has 90 s to load and to reach the state that a test awaits. A loaded machine needs more than the usual 30.
 */
async function patientPage(from: Pick<Browser, "newPage">): Promise<Page> {
  const page = await from.newPage();
  page.setDefaultTimeout(90_000);
  return page;
}

let playwright: Promise<PlaywrightBrowser> | undefined;

/** Playwright's Chromium, shared in the same way: close the contexts that you open in it. */
export async function startPlaywright(): Promise<PlaywrightBrowser> {
  const started = await playwright?.catch(() => undefined);
  if (started?.isConnected() === true) return started;
  playwright = import("playwright").then(({ chromium }) => chromium.launch(launchOptions()));
  return playwright;
}

/** One page stays: without any, an engine may end. */
async function closePages(browser: Browser): Promise<void> {
  if (!browser.connected) return;
  const own = browser.defaultBrowserContext();
  const others = browser.browserContexts().filter((context) => context !== own);
  await Promise.all(others.map((context) => context.close()));
  const [, ...pages] = await own.pages();
  await Promise.all(pages.map((page) => page.close()));
}

function launchBrowser(engine: EngineName): Promise<Browser> {
  if (engine === "firefox") {
    if (firefoxPath === undefined)
      throw new Error(
        "There is no Firefox: install it (Debian: firefox-esr) or name it in FIREFOX_PATH.",
      );
    return launch({
      browser: "firefox",
      executablePath: firefoxPath,
      headless: true,
      // For what Firefox's own buttons do to devices: `FirefoxDevices`.
      args: ["-remote-allow-system-access"],
      extraPrefsFirefox: firefoxPreferences,
    });
  }
  return launchChromium(browserArguments);
}

/** A browser whose pages get the tab of this title where they share a screen, with its sound. */
export function launchSharing(title: string): Promise<Browser> {
  const args = browserArguments.filter((each) => each !== "--use-fake-ui-for-media-stream");
  return launchChromium(
    [
      ...args,
      "--auto-accept-camera-and-microphone-capture",
      `--auto-select-tab-capture-source-by-title=${title}`,
    ],
    // What a tab does not play cannot be shared.
    ["--mute-audio"],
  );
}

/**
 * A browser that opens the small window of a call when its tab is left, for the pages of an allowed origin. It does not where
 * it answers by itself who may use a camera: such a camera is none that it shows as taken.
 *
 * @param folder an empty one for its profile.
 */
export function launchLeaving(folder: string, origin: string): Promise<Browser> {
  const allowed = { [`${origin},*`]: { setting: 1 } };
  const exceptions = {
    media_stream_camera: allowed,
    media_stream_mic: allowed,
    // Unless allowed, its question lies over the small window and takes every press.
    auto_picture_in_picture: allowed,
  };
  mkdirSync(join(folder, "Default"));
  writeFileSync(
    join(folder, "Default/Preferences"),
    JSON.stringify({ profile: { content_settings: { exceptions } } }),
  );
  const args = browserArguments.filter((each) => each !== "--use-fake-ui-for-media-stream");
  // Each window in its own size: a press finds what is drawn in the small one.
  return launchChromium(args, [], { defaultViewport: null, userDataDir: folder });
}

function launchChromium(
  args: readonly string[],
  without: string[] = [],
  options: Pick<LaunchOptions, "defaultViewport" | "userDataDir"> = {},
): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined)
    throw new Error("There is no Chromium: install it or name it in CHROME_PATH.");
  return launch({
    browser: "chrome",
    executablePath,
    headless: true,
    // It ends with the process that started it, however that ends.
    pipe: true,
    args: [...args, "--allow-loopback-in-peer-connection"],
    ignoreDefaultArgs: without,
    ...options,
  });
}
