// A Chromium driven by the DevTools protocol itself. The drivers of today refuse engines of four years ago.
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { WebSocket } from "ws";

const flags = [
  ...["--headless", "--no-sandbox", "--disable-gpu", "--no-zygote", "--disable-quic"],
  ...[
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
  ],
  ...["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
  ...["--autoplay-policy=no-user-gesture-required", "--hide-scrollbars"],
  ...["--disable-background-timer-throttling", "--disable-renderer-backgrounding"],
  "--remote-debugging-port=0",
];

/** Milliseconds for an engine to start: 200 MB from a cold disk. */
const startsWithin = 60_000;

interface Reply {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** What the tests of the engines do with a page. */
export interface EnginePage {
  readonly errors: readonly string[];
  /** Value of an expression, JSON only; a promise is awaited. */
  evaluate<T>(expression: string): Promise<T>;
  open(url: string): Promise<void>;
  until(expression: string, milliseconds?: number): Promise<void>;
  emulate(width: number, height: number, scheme: "light" | "dark", scale?: number): Promise<void>;
  screenshot(): Promise<Buffer>;
  stop(): Promise<void>;
}

/** One page of an engine of any age. */
export class DevToolsPage implements EnginePage {
  /** Texts of what was thrown and not caught, and of errors in the console. */
  readonly errors: string[] = [];
  readonly #browser: ChildProcess;
  readonly #profile: string;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  #next = 0;

  private constructor(browser: ChildProcess, profile: string, socket: WebSocket) {
    this.#browser = browser;
    this.#profile = profile;
    this.#socket = socket;
    socket.on("message", (data: Buffer) => {
      this.#receive(JSON.parse(data.toString()) as Reply);
    });
  }

  static async start(path: string): Promise<DevToolsPage> {
    const profile = mkdtempSync(join(tmpdir(), "sx-engine-"));
    const browser = spawn(path, [...flags, `--user-data-dir=${profile}`, "about:blank"], {
      stdio: "ignore",
      detached: true,
    });
    return DevToolsPage.attach(browser, profile, () => portOf(profile));
  }

  /**
   * The first page of an engine that runs, or is about to.
   *
   * @param browser leads a group of its own; both go when the page is stopped, and the folder with them.
   * @param findPort returns the engine's port for DevTools once it is known.
   */
  static async attach(
    browser: ChildProcess,
    profile: string,
    findPort: () => Promise<string>,
  ): Promise<DevToolsPage> {
    try {
      const socket = new WebSocket(await addressOfPage(await findPort()), { maxPayload: 1 << 28 });
      await new Promise<void>((resolve, reject) => {
        socket.once("open", resolve).once("error", reject);
      });
      const opened = new DevToolsPage(browser, profile, socket);
      for (const domain of ["Page", "Runtime"]) await opened.send(`${domain}.enable`);
      return opened;
    } catch (error) {
      process.kill(-browser.pid!, "SIGKILL");
      throw error;
    }
  }

  /** Sends one command of the protocol and returns its result. */
  async send<T>(method: string, params: Readonly<Record<string, unknown>> = {}): Promise<T> {
    const id = (this.#next += 1);
    const reply = await new Promise<Reply>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
    if (reply.error) throw new Error(`${method}: ${reply.error.message}`);
    return reply.result as T;
  }

  /** Value of an expression, JSON only; a promise is awaited. */
  async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.send<{
      readonly result: { readonly value?: T };
      readonly exceptionDetails?: {
        readonly text: string;
        readonly exception?: { readonly description?: string };
      };
    }>("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true,
      userGesture: true,
    });
    if (exceptionDetails) {
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    }
    return result.value as T;
  }

  async open(url: string): Promise<void> {
    await this.send("Page.navigate", { url });
    await this.until(
      `document.readyState === "complete" && location.href === ${JSON.stringify(url)}`,
    );
  }

  /** Resolves when the expression is true. Rejects with the last page error in the message where it does not become true. */
  async until(expression: string, milliseconds = 60_000): Promise<void> {
    const end = performance.now() + milliseconds;
    while (!(await this.evaluate<boolean>(`Boolean(${expression})`))) {
      if (performance.now() > end) {
        throw new Error(
          `Not within ${String(milliseconds)} ms: ${expression}\n${this.errors.join("\n")}`,
        );
      }
      await wait(50);
    }
  }

  /** Size of the page in CSS pixels, and the colour scheme that it is asked to have. */
  async emulate(width: number, height: number, scheme: "light" | "dark", scale = 1): Promise<void> {
    await this.send("Emulation.setDeviceMetricsOverride", {
      width,
      height,
      deviceScaleFactor: scale,
      mobile: false,
    });
    await this.send("Emulation.setEmulatedMedia", {
      features: [
        { name: "prefers-color-scheme", value: scheme },
        { name: "prefers-reduced-motion", value: "reduce" },
      ],
    });
  }

  /** A PNG of what is shown. */
  async screenshot(): Promise<Buffer> {
    const { data } = await this.send<{ readonly data: string }>("Page.captureScreenshot", {
      format: "png",
    });
    return Buffer.from(data, "base64");
  }

  async stop(): Promise<void> {
    this.#socket.terminate();
    if (this.#browser.exitCode === null && this.#browser.signalCode === null) {
      const gone = new Promise((resolve) => this.#browser.once("exit", resolve));
      process.kill(-this.#browser.pid!, "SIGKILL");
      await gone;
    }
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  #receive({ id, method, params, ...reply }: Reply): void {
    if (id !== undefined) {
      this.#waiting.get(id)?.({ id, ...reply });
      this.#waiting.delete(id);
    } else if (method === "Runtime.exceptionThrown") {
      const { exceptionDetails } = params as {
        exceptionDetails: { text: string; exception?: { description?: string } };
      };
      this.errors.push(exceptionDetails.exception?.description ?? exceptionDetails.text);
    }
  }
}

/** Address of the DevTools of the first page that is there. */
async function addressOfPage(port: string): Promise<string> {
  const end = performance.now() + startsWithin;
  while (performance.now() < end) {
    const pages = await fetch(`http://127.0.0.1:${port}/json/list`).then(
      (answer) =>
        answer.json() as Promise<
          { readonly type: string; readonly webSocketDebuggerUrl: string }[]
        >,
      () => [],
    );
    const page = pages.find(({ type }) => type === "page");
    if (page !== undefined) return page.webSocketDebuggerUrl;
    await wait(50);
  }
  throw new Error("The engine has no page.");
}

async function portOf(profile: string): Promise<string> {
  const file = join(profile, "DevToolsActivePort");
  const end = performance.now() + startsWithin;
  while (performance.now() < end) {
    if (existsSync(file)) {
      const [port] = readFileSync(file, "utf8").split("\n");
      if (port) return port;
    }
    await wait(50);
  }
  throw new Error("The engine did not start.");
}
