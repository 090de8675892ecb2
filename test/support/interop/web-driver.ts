import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { freePort } from "../free-port.ts";

/** Debian's WebKitGTK as programs show it in a window: the least of them, on a 64-bit PC or an ARM. */
const browsers = ["x86_64", "aarch64"].map(
  (machine) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-4.1/MiniBrowser`,
);
const startMilliseconds = 15_000;

/** Returns `true` if tests that need WebKitGTK are skipped here, which is then said once. In CI it must be there. */
export function skipsWebKit(): boolean {
  const isThere = browsers.some(existsSync) && ["WebKitWebDriver", "Xvfb"].every(canFind);
  if (isThere || process.env.CI) return false;
  process.stdout.write(
    "No WebKitGTK here: its tests are skipped. Install it (Debian: apt-get install webkit2gtk-driver xvfb).\n",
  );
  return true;
}

/** One window of WebKitGTK on a screen of its own, driven as W3C WebDriver says. Nothing of it is left after `stop()`. */
export class WebKitWindow {
  readonly #processes: readonly ChildProcess[];
  readonly #session: string;

  private constructor(processes: readonly ChildProcess[], session: string) {
    this.#processes = processes;
    this.#session = session;
  }

  static async start(): Promise<WebKitWindow> {
    const binary = browsers.find(existsSync);
    if (binary === undefined)
      throw new Error("There is no WebKitGTK: install webkit2gtk-driver and xvfb (Debian).");
    const screen = spawn(
      "Xvfb",
      ["-displayfd", "1", "-screen", "0", "1024x768x24", "-nolisten", "tcp"],
      {
        stdio: ["ignore", "pipe", "ignore"],
      },
    );
    const processes: ChildProcess[] = [screen];
    try {
      const [display] = (await once(screen.stdout, "data")) as [Buffer];
      const port = await freePort();
      const env = {
        ...process.env,
        DISPLAY: `:${display.toString().trim()}`,
        GDK_BACKEND: "x11",
        LIBGL_ALWAYS_SOFTWARE: "1",
      };
      processes.push(spawn("WebKitWebDriver", [`--port=${port}`], { env, stdio: "ignore" }));
      const address = `http://127.0.0.1:${port}`;
      const alwaysMatch = { "webkitgtk:browserOptions": { binary, args: ["--automation"] } };
      const { sessionId } = (await untilAnswered(() =>
        ask(`${address}/session`, { capabilities: { alwaysMatch } }),
      )) as {
        sessionId: string;
      };
      return new WebKitWindow(processes, `${address}/session/${sessionId}`);
    } catch (error) {
      for (const each of processes) each.kill();
      throw error;
    }
  }

  async goTo(url: string): Promise<void> {
    await ask(`${this.#session}/url`, { url });
  }

  /** @param script the body of an async function in the page. @returns what it returns. */
  evaluate(script: string): Promise<unknown> {
    return ask(`${this.#session}/execute/sync`, {
      script: `return (async () => { ${script} })()`,
      args: [],
    });
  }

  async stop(): Promise<void> {
    await fetch(this.#session, { method: "DELETE" }).catch(() => undefined);
    for (const each of this.#processes.toReversed()) {
      const gone = once(each, "exit");
      each.kill();
      await gone;
    }
  }
}

async function ask(url: string, body: object): Promise<unknown> {
  const response = await fetch(url, { method: "POST", body: JSON.stringify(body) });
  const { value } = (await response.json()) as { value: unknown };
  if (!response.ok) throw new Error(`WebKitGTK: ${JSON.stringify(value)}`);
  return value;
}

/** The driver needs a moment until it listens. */
async function untilAnswered<T>(work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + startMilliseconds;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof TypeError) || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function canFind(program: string): boolean {
  return spawnSync("which", [program], { stdio: "ignore" }).status === 0;
}
