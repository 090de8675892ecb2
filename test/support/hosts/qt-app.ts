import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
/** Debian's own: its bindings are of no other. */
const python = "/usr/bin/python3";

/** Whether tests that need QtWebEngine are skipped here, which is then said once. In CI it must be there. */
export function skipsQt(): boolean {
  const has = (command: string, ...args: string[]) =>
    spawnSync(command, args, { stdio: "ignore" }).status === 0;
  const isThere =
    has(python, "-c", "import PyQt6.QtWebEngineWidgets, PyQt6.QtWebChannel") &&
    has("xvfb-run", "--help");
  if (isThere || process.env.CI) return false;
  process.stdout.write(
    "No QtWebEngine here: the messenger of PyQt6 is skipped (Debian: apt-get install python3-pyqt6.qtwebengine python3-pyqt6.qtwebchannel xvfb xauth).\n",
  );
  return true;
}

/** The call window of the documentation, as it stands there, beside the built page. */
export function qtFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "sx-qt-"));
  const page = readFileSync(join(root, "docs/hosts/qt.md"), "utf8");
  const sample = /^```python\n# call_window\.py\n([\s\S]*?)^```/m.exec(page)?.[1];
  if (sample === undefined) throw new Error("docs/hosts/qt.md has no call_window.py.");
  writeFileSync(join(path, "call_window.py"), sample);
  mkdirSync(join(path, "dist"));
  for (const name of readdirSync(join(root, "dist")))
    if (/^(?:sx-call-|call\.)[\w.-]*\.?(?:js|html|css)$/.test(name))
      cpSync(join(root, "dist", name), join(path, "dist", name));
  const words = "elements/words/locales";
  cpSync(join(root, "dist", words), join(path, "dist", words), { recursive: true });
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export interface QtLook {
  readonly state: string;
  readonly rings: boolean;
  readonly accept: boolean;
  readonly asked: readonly string[];
  readonly bar: string;
  readonly records: readonly string[];
}

type Said = Record<string, unknown>;

/** The messenger in a process of its own, on a screen of its own. */
export class QtMessenger {
  /** What it has said that nobody waited for. */
  readonly said: Said[] = [];
  onSignal: (message: unknown) => void = () => undefined;
  readonly #process: ChildProcess;
  #errors = "";
  #waiting: ((said: Said) => boolean)[] = [];

  constructor(folder: string, name: string, contact: string) {
    const script = join(root, "test/support/hosts/qt-messenger.py");
    this.#process = spawn("xvfb-run", ["-a", python, script, folder, name, contact], {
      env: {
        ...process.env,
        QTWEBENGINE_DISABLE_SANDBOX: "1",
        QTWEBENGINE_CHROMIUM_FLAGS:
          "--use-fake-device-for-media-stream --allow-loopback-in-peer-connection --disable-gpu --disable-features=WebRtcHideLocalIpsWithMdns",
        QT_QPA_PLATFORM: "xcb",
        LIBGL_ALWAYS_SOFTWARE: "1",
        XDG_RUNTIME_DIR: folder,
      },
      stdio: ["pipe", "pipe", "pipe"],
      // A group of its own: xvfb-run does not take its children along.
      detached: true,
    });
    this.#process.stderr!.on("data", (text: Buffer) => {
      this.#errors = (this.#errors + text.toString()).slice(-4000);
    });
    createInterface({ input: this.#process.stdout! }).on("line", (line) => {
      const said = JSON.parse(line) as Said;
      if ("signal" in said) this.onSignal(said.signal);
      else if (!this.#waiting.some((take) => take(said))) this.said.push(said);
    });
  }

  /** What it said on its error output: for the message of a test that fails. */
  get errors(): string {
    return this.#errors;
  }

  do(deed: Said): void {
    this.#process.stdin?.write(`${JSON.stringify(deed)}\n`);
  }

  /** Waits for the next word with that name. */
  next(name: string): Promise<Said> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`It never said ${name}. ${this.#errors}`)),
        60_000,
      );
      const take = (said: Said) => {
        if (!(name in said)) return false;
        this.#waiting = this.#waiting.filter((one) => one !== take);
        clearTimeout(timer);
        resolve(said);
        return true;
      };
      this.#waiting.push(take);
    });
  }

  /** Waits until the page has told that. */
  async heard(fact: string): Promise<void> {
    const isTold = () => this.said.some((said) => said.fact === fact);
    while (!isTold()) await this.next("fact").then((said) => void this.said.push(said));
  }

  async look(): Promise<QtLook> {
    const said = this.next("look");
    this.do({ do: "look" });
    return (await said).look as QtLook;
  }

  async script(script: string): Promise<unknown> {
    const said = this.next("value");
    this.do({ do: "script", script });
    return (await said).value;
  }

  /** How light a point of the call window is: 0 to 255. */
  async lightness(...at: [x: number, y: number]): Promise<number> {
    const said = this.next("value");
    this.do({ do: "pixel", at });
    return Number((await said).value);
  }

  /** Has the page asked something, and waits for its answer. */
  async ask(verb: string, data: object = {}): Promise<Said> {
    const said = this.next("verb");
    this.do({ do: "ask", verb, data });
    return said;
  }

  async stop(): Promise<void> {
    const { exitCode, signalCode, pid } = this.#process;
    if (exitCode !== null || signalCode !== null || pid === undefined) return;
    const gone = once(this.#process, "exit");
    process.kill(-pid);
    await gone;
  }
}
