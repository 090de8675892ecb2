import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { bundle, sampleOf } from "./bundle.ts";

/** Output lines of the app. */
export interface Reported {
  readonly who: number;
  readonly type: string;
  readonly data: {
    readonly state?: string;
    readonly snapshot?: {
      readonly state: string;
      readonly protection: { readonly status: string };
    };
    readonly record?: { readonly outcome: string };
  };
}

/** `socket-app.ts`, bundled once with the sample of the document. */
export class SocketAppProgram {
  readonly #folder = mkdtempSync(join(tmpdir(), "sx-call-kit-socket-"));

  static async build(): Promise<SocketAppProgram> {
    const program = new SocketAppProgram();
    const samples = { "call-socket.ts": sampleOf("docs/hosts/web-socket.md", "call-socket.ts") };
    writeFileSync(program.path, await bundle("test/support/hosts/socket-app.ts", "node", samples));
    return program;
  }

  get path(): string {
    return join(this.#folder, "app.cjs");
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The app, at work in a process of its own. */
export class SocketApp {
  readonly reported: Reported[] = [];
  /** Where each person's socket listens. */
  readonly ports: number[] = [];
  readonly #process: ChildProcess;
  readonly #answers = new Map<number, (line: { answer?: unknown; code?: string }) => void>();
  #ids = 0;

  private constructor(
    program: SocketAppProgram,
    origin: string,
    sides: readonly { port: number; token: string }[],
  ) {
    const given = JSON.stringify({ origin, sides });
    this.#process = spawn(process.execPath, [program.path, given], {
      stdio: ["pipe", "pipe", "inherit"],
    });
  }

  static async start(
    program: SocketAppProgram,
    origin: string,
    sides: readonly { port: number; token: string }[],
  ): Promise<SocketApp> {
    const app = new SocketApp(program, origin, sides);
    await new Promise<void>((resolve) => {
      createInterface({ input: app.#process.stdout! }).on("line", (text) => {
        const line = JSON.parse(text) as Partial<Reported> & {
          port?: number;
          id?: number;
          answer?: unknown;
          code?: string;
        };
        if (line.id !== undefined) app.#answers.get(line.id)?.(line);
        else if (line.port !== undefined) app.ports[line.who ?? 0] = line.port;
        // With a type it is a fact of a page, as `socket-app.ts` writes it.
        else app.reported.push(line as Reported);
        if (Object.keys(app.ports).length === sides.length) resolve();
      });
    });
    return app;
  }

  /** @returns what the page has answered, or the code of its error as `{code}`. */
  async ask(who: number, ask: string, data: object = {}): Promise<unknown> {
    const id = ++this.#ids;
    const answered = new Promise<{ answer?: unknown; code?: string }>((resolve) =>
      this.#answers.set(id, resolve),
    );
    this.#process.stdin!.write(`${JSON.stringify({ who, ask, data, id })}\n`);
    const { answer, code } = await answered;
    return code === undefined ? answer : { code };
  }

  /** Returns the messages of one name from a person's page. */
  of(who: number, type: string): Reported["data"][] {
    return this.reported.flatMap((line) =>
      line.who === who && line.type === type ? [line.data] : [],
    );
  }

  /** Without a word, as an app that crashes. */
  async kill(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await gone;
  }
}
