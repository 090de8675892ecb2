import { createServer } from "node:http";
import type { Server } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { extname, join, normalize } from "node:path";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".map": "application/json",
  ".json": "application/json",
};

/** What a server says to one path in place of its file. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** In place of what is in the file. */
  readonly body?: string;
  /** Never says anything. */
  readonly isSilent?: boolean;
}

/** Serves one folder on this machine, with what a page's server says about its policy. */
export class StaticServer {
  /** The paths that were asked for. */
  readonly asked: string[] = [];
  readonly #server: Server;

  private constructor(
    folder: string,
    headers: Readonly<Record<string, string>>,
    answers: Readonly<Record<string, Answer>>,
  ) {
    this.#server = createServer((request, response) => {
      const path = new URL(request.url ?? "/", "http://localhost").pathname;
      // A browser asks for it by itself.
      if (path === "/favicon.ico") {
        response.writeHead(204).end();
        return;
      }
      this.asked.push(path);
      const file = join(folder, normalize(path));
      const answer = answers[path];
      if (answer?.isSilent === true) return;
      if (answer?.status !== undefined) {
        response.writeHead(answer.status, answer.headers).end(answer.body ?? "");
        return;
      }
      if (!file.startsWith(folder) || !existsSync(file)) {
        response.writeHead(404).end();
        return;
      }
      response.writeHead(200, {
        ...headers,
        "content-type": types[extname(file)] ?? "application/octet-stream",
        ...answer?.headers,
      });
      response.end(answer?.body ?? readFileSync(file));
    });
  }

  static async start(
    folder: string,
    headers: Readonly<Record<string, string>> = {},
    answers: Readonly<Record<string, Answer>> = {},
  ): Promise<StaticServer> {
    const server = new StaticServer(folder, headers, answers);
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    return server;
  }

  /** Without a slash at the end. */
  get origin(): string {
    const address = this.#server.address();
    if (address === null || typeof address === "string")
      throw new Error("the server does not listen");
    return `http://127.0.0.1:${String(address.port)}`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
