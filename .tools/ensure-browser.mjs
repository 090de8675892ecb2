// Sees to it that there is a browser for the tests: one that is there, else Debian's, else Playwright's. Where none can be had
// it says in one line what to do.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { findBrowser } from "./find-browser.mjs";
import { program } from "./programs.mjs";

const advice =
  "No browser for the tests. Install Chromium or Chrome and name it, if it is not found, in CHROME_PATH; then run the tests again.";

/** @returns {string} the path of a browser. @throws {Error} with one line of advice where there is none. */
export function ensureBrowser() {
  const browser =
    findBrowser() ?? (installByApt() && findBrowser()) ?? (installByPlaywright() && findBrowser());
  if (!browser) throw new Error(advice);
  if (!existsSync(browser))
    throw new Error(
      `CHROME_PATH or PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH names ${browser}, which does not exist.`,
    );
  return browser;
}

/** Only where apt may be used without asking. Ubuntu's `chromium` is a snap, which a test cannot drive: Debian alone. */
function installByApt() {
  if (process.platform !== "linux" || !existsSync("/etc/debian_version") || !hasCommand("apt-get"))
    return undefined;
  if (hasCommand("snap")) return undefined;
  const asRoot = process.getuid() === 0 ? [] : ["sudo", "-n"];
  if (asRoot.length > 0 && !succeeds([...asRoot, "true"], "ignore")) return undefined;
  say("installing Debian's chromium");
  const apt = [...asRoot, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"];
  succeeds([...apt, "update"]);
  return (
    succeeds([...apt, "install", "--no-install-recommends", "chromium", "fonts-liberation"]) ||
    undefined
  );
}

function installByPlaywright() {
  say("downloading Playwright's chromium");
  return succeeds([process.execPath, program("playwright"), "install", "chromium"]) || undefined;
}

function hasCommand(name) {
  return succeeds(["sh", "-c", `command -v ${name}`], "ignore");
}

/** What the commands print goes to stderr: stdout is for the answer. */
function succeeds([command, ...args], output = ["ignore", 2, 2]) {
  return spawnSync(command, args, { stdio: output }).status === 0;
}

function say(text) {
  process.stderr.write(`No browser found: ${text} …\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    process.stdout.write(`${ensureBrowser()}\n`);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
