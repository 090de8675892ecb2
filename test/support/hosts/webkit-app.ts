import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Transport } from "../../../src/hosts/bridge/envelope.ts";

/** Debian's own: its bindings are of no other. */
const python = "/usr/bin/python3";
const script = fileURLToPath(new URL("./webkit-app.py", import.meta.url));
const bindings =
  "import gi; gi.require_version('WebKit2', '4.1'); from gi.repository import WebKit2";

/**
 * Returns `true` if tests that need WebKitGTK's bindings are skipped here, which is then said once. In CI they must be there.
 */
export function skipsWebKitApp(): boolean {
  const canBind = spawnSync(python, ["-c", bindings], { stdio: "ignore" }).status === 0;
  const hasScreen = spawnSync("xvfb-run", ["--help"], { stdio: "ignore" }).status === 0;
  if ((canBind && hasScreen) || process.env.CI) return false;
  process.stdout.write(
    "No WebKitGTK bindings here: the native app is skipped (Debian: apt-get install gir1.2-webkit2-4.1 python3-gi xvfb xauth).\n",
  );
  return true;
}

/** The native app in a process of its own, on a screen of its own: its end of the message handler. */
export class WebKitApp implements Transport {
  /** Calls refused by the page, and the app's error output. */
  readonly refused: string[] = [];
  readonly #process: ChildProcess;
  readonly #listeners = new Set<(text: unknown) => void>();

  constructor(url: string, way: "call" | "reply") {
    // A group of its own: xvfb-run does not take its children along.
    const env = {
      ...process.env,
      GDK_BACKEND: "x11",
      LIBGL_ALWAYS_SOFTWARE: "1",
      WEBKIT_DISABLE_COMPOSITING_MODE: "1",
    };
    const stdio = ["pipe", "pipe", "ignore"] as const;
    this.#process = spawn("xvfb-run", ["-a", python, script, url, way], {
      env,
      stdio: [...stdio],
      detached: true,
    });
    createInterface({ input: this.#process.stdout! }).on("line", (line) => {
      const { text, refused } = JSON.parse(line) as { text?: unknown; refused?: string };
      if (refused !== undefined) this.refused.push(refused);
      else for (const listener of this.#listeners) listener(text);
    });
  }

  post(text: string): void {
    this.#process.stdin?.write(`${JSON.stringify({ text })}\n`);
  }

  reload(): void {
    this.#process.stdin?.write("{}\n");
  }

  onText(listener: (text: unknown) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    void this.stop();
  }

  async stop(): Promise<void> {
    const { exitCode, signalCode, pid } = this.#process;
    if (exitCode !== null || signalCode !== null || pid === undefined) return;
    const gone = once(this.#process, "exit");
    process.kill(-pid);
    await gone;
  }
}
