// Finds a Chromium for the tests. Order: what the environment names, what is installed, what Playwright downloaded.
// Run by itself it prints the path, or nothing.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright";

const named = ["CHROME_PATH", "PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH"];

/** @returns {string | undefined} the path of a Chromium or Chrome that starts, if there is one. */
export function findBrowser({
  env = process.env,
  platform = process.platform,
  starts = canStart,
} = {}) {
  for (const name of named) {
    // What somebody named on purpose is not silently replaced by another browser.
    if (env[name]) return env[name];
  }
  return candidates(env, platform).find((path) => existsSync(path) && starts(path, platform));
}

function candidates(env, platform) {
  if (platform === "darwin") {
    const apps = [
      "Google Chrome.app/Contents/MacOS/Google Chrome",
      "Chromium.app/Contents/MacOS/Chromium",
    ];
    return [
      ...apps.flatMap((app) => [join("/Applications", app), join(homedir(), "Applications", app)]),
      ownBrowser(),
    ];
  }
  if (platform === "win32") {
    const roots = [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA].filter(Boolean);
    const programs = ["Google/Chrome/Application/chrome.exe", "Chromium/Application/chrome.exe"];
    return [
      ...programs.flatMap((program) => roots.map((root) => join(root, program))),
      ownBrowser(),
    ];
  }
  const names = ["chromium", "google-chrome-stable", "google-chrome", "chromium-browser"];
  const folders = (env.PATH ?? "").split(delimiter).filter(Boolean);
  return [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ownBrowser()];
}

function ownBrowser() {
  return chromium.executablePath();
}

/** Ubuntu's `chromium-browser` is a note to install a snap, and a downloaded browser may lack its libraries: ask it. */
function canStart(path, platform) {
  // On Windows `--version` opens a window, and macOS has neither trap.
  if (platform !== "linux") return true;
  return spawnSync(path, ["--version"], { stdio: "ignore", timeout: 20_000 }).status === 0;
}

/** What every test browser is started with: fake devices, and timers that run as fast in a background page as in front. */
export const browserArguments = [
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

/** @returns Playwright's launch options; where no browser is found Playwright says so itself when it starts. */
export function launchOptions() {
  const executablePath = findBrowser();
  return { ...(executablePath && { executablePath }), args: browserArguments };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = findBrowser();
  if (path) process.stdout.write(`${path}\n`);
}
