import { execFile, spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
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
import { promisify } from "node:util";
import { DevToolsPage } from "../engines/devtools.ts";
import { freePort } from "../free-port.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
/** Debian's own: its bindings are of no other. */
export const python = "/usr/bin/python3";

/** Variables of a process with QtWebEngine, on a screen without a graphics card. @param folder for its files while it runs. */
export const qtVariables = (folder: string): NodeJS.ProcessEnv => ({
  ...process.env,
  QTWEBENGINE_DISABLE_SANDBOX: "1",
  QTWEBENGINE_CHROMIUM_FLAGS:
    "--use-fake-device-for-media-stream --allow-loopback-in-peer-connection --disable-gpu --disable-features=WebRtcHideLocalIpsWithMdns",
  QT_QPA_PLATFORM: "xcb",
  LIBGL_ALWAYS_SOFTWARE: "1",
  XDG_RUNTIME_DIR: folder,
});

/** Whether tests that need QtWebEngine are skipped here, which is then said once. In CI it must be there. */
export function skipsQt(): boolean {
  const has = (command: string, ...args: string[]) =>
    spawnSync(command, args, { stdio: "ignore" }).status === 0;
  const isThere =
    has(python, "-c", "import PyQt6.QtWebEngineWidgets, PyQt6.QtWebChannel") &&
    has("xvfb-run", "--help");
  if (isThere || process.env.CI) return false;
  process.stdout.write(
    "No QtWebEngine here: its tests are skipped (Debian: apt-get install python3-pyqt6.qtwebengine python3-pyqt6.qtwebchannel xvfb xauth).\n",
  );
  return true;
}

/** Whether the app in C++ is skipped here, which is then said once: there is no compiler, or it has no Qt. In CI it must be there. */
export function skipsQtInC(): boolean {
  const has = (command: string) =>
    spawnSync(command, ["--version"], { stdio: "ignore" }).status === 0;
  const libraries = ["/usr/lib64", "/usr/local/lib", "/usr/lib"].filter((path) => existsSync(path));
  const places = libraries.flatMap((path) => [
    path,
    ...readdirSync(path).map((name) => join(path, name)),
  ]);
  const isThere =
    has("cmake") &&
    has("c++") &&
    places.some((place) => existsSync(join(place, "cmake/Qt6WebEngineWidgets")));
  if (isThere || process.env.CI) return false;
  process.stdout.write(
    "No C++ compiler with QtWebEngine here: the app in C++ is skipped (Debian: apt-get install g++ cmake qt6-webengine-dev).\n",
  );
  return true;
}

/** The app in C++ of the documentation, as it stands there, built into a folder of `qtFolder()` as `build/call`. */
export async function buildQtApp(folder: string): Promise<void> {
  for (const name of ["CMakeLists.txt", "call_window.h", "main.cpp"])
    writeFileSync(join(folder, name), sampleOf(name));
  const run = promisify(execFile);
  // A warning is a fault of a sample, too.
  const flags = ["-DCMAKE_CXX_FLAGS=-Wall -Wextra -Werror"];
  const settings = { cwd: folder, timeout: 300_000 };
  await run("cmake", ["-S", ".", "-B", "build", ...flags], settings);
  await run("cmake", ["--build", "build"], settings);
}

/** The sample of the documentation that has that file's name in its first line. */
function sampleOf(name: string): string {
  const page = readFileSync(join(root, "docs/hosts/qt.md"), "utf8");
  const sample = [...page.matchAll(/^```\w+\n([\s\S]*?)^```/gm)]
    .map(([, code = ""]) => code)
    .find((code) => [`# ${name}`, `// ${name}`].includes(code.split("\n", 1)[0] ?? ""));
  if (sample === undefined) throw new Error(`docs/hosts/qt.md has no ${name}.`);
  return sample;
}

/** The call window of the documentation, as it stands there, beside the built page. */
export function qtFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "sx-qt-"));
  writeFileSync(join(path, "call_window.py"), sampleOf("call_window.py"));
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
      env: qtVariables(folder),
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

  /** Waits until the page has sent that. */
  async heard(fact: string): Promise<void> {
    const isReported = () => this.said.some((said) => said.fact === fact);
    while (!isReported()) await this.next("fact").then((said) => void this.said.push(said));
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

/** The app of the documentation in C++, on a screen of its own, whose page is read by DevTools. */
export class QtApp {
  onSignal: (message: unknown) => void = () => undefined;
  readonly page: DevToolsPage;
  readonly #process: ChildProcess;
  readonly #output: readonly string[];

  private constructor(app: ChildProcess, output: string[], page: DevToolsPage) {
    this.#process = app;
    this.#output = output;
    this.page = page;
    createInterface({ input: app.stdout! }).on("line", (line) => {
      if (line.startsWith("{")) this.onSignal(JSON.parse(line));
      else output.push(line);
    });
  }

  /** @param folder of `qtFolder()`, with the app built in it. */
  static async start(folder: string): Promise<QtApp> {
    const own = mkdtempSync(join(tmpdir(), "sx-qt-app-"));
    const port = String(await freePort());
    const app = spawn("xvfb-run", ["-a", join(folder, "build/call")], {
      cwd: folder,
      env: { ...qtVariables(own), QTWEBENGINE_REMOTE_DEBUGGING: `127.0.0.1:${port}` },
      detached: true,
    });
    const output: string[] = [];
    createInterface({ input: app.stderr }).on("line", (line) => output.push(line));
    return new QtApp(app, output, await DevToolsPage.attach(app, own, () => Promise.resolve(port)));
  }

  /** A message of the contact. */
  receive(message: unknown): void {
    this.#process.stdin?.write(`${JSON.stringify(message)}\n`);
  }

  /** Ends its input, which ends the app. Resolves with its exit code and all that it said but signals. */
  async leave(): Promise<{ code: number | null; output: readonly string[] }> {
    const gone = once(this.#process, "exit");
    this.#process.stdin?.end();
    const [code] = (await gone) as [number | null];
    return { code, output: this.#output };
  }
}
