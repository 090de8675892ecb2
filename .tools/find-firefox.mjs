// Finds a Firefox for the calls between engines. Order: what the environment names, what is installed.
// Run by itself it prints the path, or nothing.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** @returns {string | undefined} the path of a Firefox that starts, if there is one. */
export function findFirefox({
  env = process.env,
  platform = process.platform,
  starts = canStart,
} = {}) {
  // What somebody named on purpose is not silently replaced by another browser.
  if (env.FIREFOX_PATH) return env.FIREFOX_PATH;
  return candidates(env, platform).find((path) => existsSync(path) && starts(path, platform));
}

function candidates(env, platform) {
  if (platform === "darwin") {
    return ["/Applications", join(homedir(), "Applications")].map((folder) =>
      join(folder, "Firefox.app/Contents/MacOS/firefox"),
    );
  }
  if (platform === "win32") {
    const roots = [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA].filter(Boolean);
    return roots.map((root) => join(root, "Mozilla Firefox/firefox.exe"));
  }
  const folders = (env.PATH ?? "").split(delimiter).filter(Boolean);
  return ["firefox-esr", "firefox"].flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** Ubuntu's `firefox` is a note to install a snap: ask it. */
function canStart(path, platform) {
  // On Windows `--version` prints nothing, and neither there nor on macOS is there such a note.
  if (platform !== "linux") return true;
  return spawnSync(path, ["--version"], { stdio: "ignore", timeout: 20_000 }).status === 0;
}

/** What a test needs of Firefox: devices and sound without a question, and plain addresses on this machine. */
export const firefoxPreferences = {
  "media.navigator.streams.fake": true,
  "media.navigator.permission.disabled": true,
  "media.autoplay.default": 0,
  "media.autoplay.blocking_policy": 0,
  "media.peerconnection.ice.loopback": true,
  "media.peerconnection.ice.obfuscate_host_addresses": false,
};

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.stdout.write(`${findFirefox() ?? ""}\n`);
