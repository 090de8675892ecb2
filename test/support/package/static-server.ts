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

/** Serves one folder on this machine, with what a page's server says about its policy. */
export class StaticServer {
  /** The paths that were asked for. */
  readonly asked: string[] = [];
  readonly #server: Server;

  private constructor(folder: string, headers: Readonly<Record<string, string>>) {
    this.#server = createServer((request, response) => {
      const path = new URL(request.url ?? "/", "http://localhost").pathname;
      // A browser asks for it by itself.
      if (path === "/favicon.ico") {
        response.writeHead(204).end();
        return;
      }
      this.asked.push(path);
      const file = join(folder, normalize(path));
      if (!file.startsWith(folder) || !existsSync(file)) {
        response.writeHead(404).end();
        return;
      }
      response.writeHead(200, {
        ...headers,
        "content-type": types[extname(file)] ?? "application/octet-stream",
      });
      response.end(readFileSync(file));
    });
  }

  static async start(
    folder: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<StaticServer> {
    const server = new StaticServer(folder, headers);
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
