// Gives a browser for the tests: one that is found, else Debian's, else Playwright's, which it installs.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { findBrowser } from "./find-browser.mjs";
import { program } from "./programs.mjs";

/** @returns {string} the path of a browser. @throws {Error} with one line of advice where there is none. */
export function ensureBrowser() {
  const browser =
    findBrowser() ?? (installByApt() && findBrowser()) ?? (installByPlaywright() && findBrowser());
  if (existsSync(browser ?? "")) return browser;
  throw new Error(
    browser
      ? `CHROME_PATH or PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH names ${browser}, which does not exist.`
      : "No browser for the tests. Install Chromium or Chrome and name it, if it is not found, in CHROME_PATH; then run the tests again.",
  );
}

/** Where apt may be used without asking. Ubuntu's `chromium` is a snap, which a test cannot drive: Debian alone. */
function installByApt() {
  const has = (name) => succeeds(["sh", "-c", `command -v ${name}`], "ignore");
  const isDebian = existsSync("/etc/debian_version") && has("apt-get") && !has("snap");
  const asRoot = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  if (!isDebian || (asRoot.length > 0 && !succeeds([...asRoot, "true"], "ignore")))
    return undefined;
  process.stderr.write("No browser found: installing Debian's chromium …\n");
  const apt = [...asRoot, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"];
  succeeds([...apt, "update"]);
  const packages = ["chromium", "fonts-liberation"];
  return succeeds([...apt, "install", "--no-install-recommends", ...packages]) || undefined;
}

function installByPlaywright() {
  process.stderr.write("No browser found: downloading Playwright's chromium …\n");
  return succeeds([process.execPath, program("playwright"), "install", "chromium"]) || undefined;
}

/** Output of the commands goes to stderr: stdout is for the result. */
function succeeds([command, ...args], output = ["ignore", 2, 2]) {
  return spawnSync(command, args, { stdio: output }).status === 0;
}
