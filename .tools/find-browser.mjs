// Finds the browsers of the tests, and their start arguments. Order: named by the environment, installed, downloaded by
// Playwright. Run directly, it prints the path of a Chromium, or nothing.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright";

const programs = {
  chromium: {
    linux: ["chromium", "google-chrome-stable", "google-chrome", "chromium-browser"],
    darwin: [
      "Google Chrome.app/Contents/MacOS/Google Chrome",
      "Chromium.app/Contents/MacOS/Chromium",
    ],
    win32: ["Google/Chrome/Application/chrome.exe", "Chromium/Application/chrome.exe"],
  },
  firefox: {
    linux: ["firefox-esr", "firefox"],
    darwin: ["Firefox.app/Contents/MacOS/firefox"],
    win32: ["Mozilla Firefox/firefox.exe"],
  },
};

/** @returns {string | undefined} the path of a Chromium or Chrome that starts, if there is one. */
export const findBrowser = (options) =>
  find("chromium", ["CHROME_PATH", "PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH"], options, [
    chromium.executablePath(),
  ]);

/** @returns {string | undefined} the path of a Firefox that starts, if there is one. */
export const findFirefox = (options) => find("firefox", ["FIREFOX_PATH"], options);

function find(browser, variables, options = {}, downloaded = []) {
  const { env = process.env, platform = process.platform, starts = canStart } = options;
  // An explicitly named browser is not silently replaced.
  const named = variables.map((name) => env[name]).find(Boolean);
  const folders = {
    darwin: ["/Applications", join(homedir(), "Applications")],
    win32: [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA],
    linux: (env.PATH ?? "").split(delimiter),
  };
  const installed = programs[browser][platform in folders ? platform : "linux"].flatMap((name) =>
    folders[platform in folders ? platform : "linux"]
      .filter(Boolean)
      .map((folder) => join(folder, name)),
  );
  return (
    named ??
    [...installed, ...downloaded].find((path) => existsSync(path) && starts(path, platform))
  );
}

/** Ubuntu's `chromium-browser` and `firefox` only ask to install a snap, and a downloaded browser may lack its libraries. */
function canStart(path, platform) {
  // On Windows `--version` opens a window, and macOS has neither trap.
  if (platform !== "linux") return true;
  return spawnSync(path, ["--version"], { stdio: "ignore", timeout: 20_000 }).status === 0;
}

/**
 * What a window of Chromium has beside its page: each context of a test has a window, and its suggestions and the spare process take half of
 * the processor time of a short test. The others are Playwright's, whose list ours replaces: they ask the network.
 */
const withoutFeatures = [
  ...["SpareRendererForSitePerProcess", "WebUIOmniboxPopup", "WebUIOmniboxAimPopup"],
  ...["AimEnabled", "DialMediaRouteProvider", "HttpsUpgrades", "MediaRouter", "OptimizationHints"],
  ...["NetworkTimeServiceQuerying", "PaintHolding", "PreconnectToSearch", "Translate"],
];

/** Fake devices, and timers that run as fast in a background page as in front. */
export const browserArguments = [
  `--disable-features=${withoutFeatures.join(",")}`,
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-background-networking",
  "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
  "--disable-background-timer-throttling",
  "--disable-renderer-backgrounding",
  "--disable-backgrounding-occluded-windows",
  "--autoplay-policy=no-user-gesture-required",
];

/** Devices and sound without a question, and plain addresses on this machine. */
export const firefoxPreferences = {
  "media.navigator.streams.fake": true,
  "media.navigator.permission.disabled": true,
  "media.autoplay.default": 0,
  "media.autoplay.blocking_policy": 0,
  "media.peerconnection.ice.loopback": true,
  "media.peerconnection.ice.obfuscate_host_addresses": false,
};

/** @returns Playwright's launch options; where no browser is found Playwright says so itself when it starts. */
export function launchOptions() {
  const executablePath = findBrowser();
  return { ...(executablePath && { executablePath }), args: browserArguments };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = findBrowser();
  if (path) process.stdout.write(`${path}\n`);
}
