// QtWebEngine in a window of its own, on a screen of its own, read by DevTools as the other engines are.
import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { python, qtVariables } from "../hosts/qt-app.ts";
import { DevToolsPage } from "./devtools.ts";
import { freePort } from "../free-port.ts";

export async function startQt(): Promise<DevToolsPage> {
  const folder = mkdtempSync(join(tmpdir(), "sx-qt-engine-"));
  const script = fileURLToPath(new URL("qt-browser.py", import.meta.url));
  const port = String(await freePort());
  const browser = spawn("xvfb-run", ["-a", "-s", "-screen 0 1280x1024x24", python, script], {
    env: { ...qtVariables(folder), QTWEBENGINE_REMOTE_DEBUGGING: `127.0.0.1:${port}` },
    stdio: "ignore",
    detached: true,
  });
  return DevToolsPage.attach(browser, folder, () => Promise.resolve(port));
}
