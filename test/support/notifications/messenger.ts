import { once } from "node:events";
import { createServer } from "node:http";
import type { Server } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Plugin } from "esbuild";
import { WebSocketServer } from "ws";
import type { WebSocket } from "ws";
import { readPages, samplesOf } from "../samples.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

const fromSource: Plugin = {
  name: "the package from source",
  setup({ onResolve }) {
    onResolve({ filter: /^sx-call-kit\/define$/ }, () => ({ path: `${root}src/define.ts` }));
  },
};

/** One file, as a host's bundler would make it. */
async function bundle(path: string, format: "esm" | "iife"): Promise<string> {
  const { outputFiles } = await build({
    ...{
      entryPoints: [root + path],
      absWorkingDir: root,
      tsconfig: `${root}tsconfig.json`,
      plugins: [fromSource],
    },
    ...{ bundle: true, write: false, format, target: "es2022", logLevel: "error" },
  });
  return outputFiles[0]!.text;
}

/** The app's own worker of the documentation, as it stands there: a push says who calls, and a decline goes to the app's server. */
const hostWorker = readPages()
  .flatMap(samplesOf)
  .find(
    ({ file, code }) => file === "docs/notifications.md" && code.includes("importScripts"),
  )!.code;

/** The server of a messenger: its files, and a channel that keeps what comes for somebody who is not there. */
export class Messenger {
  /** The calls that a worker has declined. */
  readonly declined: string[] = [];
  /** The calls that were announced, the newest last. */
  readonly calls: { readonly callId: string; readonly media: string }[] = [];
  readonly #server: Server;
  readonly #sockets: WebSocketServer;
  readonly #online = new Map<string, WebSocket>();
  readonly #kept = new Map<string, string[]>();
  /** Caller and callee of each call. */
  readonly #routes = new Map<string, readonly [caller: string, callee: string]>();
  #callee = "";

  private constructor(files: ReadonlyMap<string, string>) {
    this.#server = createServer((request, response) => {
      const url = request.url ?? "";
      const name = url.split("/").at(-1) ?? "";
      const [, declined] = /^\/calls\/([^/]+)\/decline$/.exec(url) ?? [];
      if (declined && request.method === "POST") this.declined.push(declined);
      const text = files.get(name);
      const type = name.endsWith(".js") ? "text/javascript" : "text/html; charset=utf-8";
      response.writeHead(text === undefined ? 404 : 200, { "content-type": type }).end(text);
    });
    this.#sockets = new WebSocketServer({ server: this.#server });
    this.#sockets.on("connection", (socket, { url }) => {
      this.#serve(socket, (url ?? "").slice(1));
    });
  }

  static async start(): Promise<Messenger> {
    const [page, worker, frames] = await Promise.all([
      bundle("test/support/notifications/page.ts", "esm"),
      bundle("src/hosts/notifications/call-notifications-worker.ts", "iife"),
      bundle("src/crypto/worker/worker.ts", "esm"),
    ]);
    const html = `<!doctype html><link rel="icon" href="data:,"><title>Call</title><body><sx-call-view></sx-call-view>
      <script type="module" src="/page.js"></script>`;
    const files = {
      "page.js": page,
      "sx-call-sw.js": worker,
      "frame-worker.js": frames,
      "host-sw.js": hostWorker,
      call: html,
    };
    const messenger = new Messenger(new Map(Object.entries(files)));
    messenger.#server.listen(0, "127.0.0.1");
    await once(messenger.#server, "listening");
    return messenger;
  }

  get origin(): string {
    const address = this.#server.address();
    if (address === null || typeof address === "string")
      throw new Error("The server does not listen.");
    return `http://127.0.0.1:${address.port}`;
  }

  /** Whose calls go to whom from now on: to the person of this folder. */
  connectTo(callee: string): void {
    this.#callee = callee;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  #serve(socket: WebSocket, who: string): void {
    this.#online.set(who, socket);
    socket.on("close", () => {
      if (this.#online.get(who) === socket) this.#online.delete(who);
    });
    socket.on("message", (data: Buffer) => {
      const message = JSON.parse(data.toString()) as {
        callId: string;
        type: string;
        media: string;
      };
      const { callId, media } = message;
      if (!this.#routes.has(callId)) {
        this.#routes.set(callId, [who, this.#callee]);
        this.calls.push({ callId, media });
      }
      const to = this.#routes.get(callId)!.find((one) => one !== who)!;
      const text = JSON.stringify({ message, from: who });
      const other = this.#online.get(to);
      if (other) other.send(text);
      else this.#kept.set(to, [...(this.#kept.get(to) ?? []), text]);
    });
    for (const text of this.#kept.get(who) ?? []) socket.send(text);
    this.#kept.delete(who);
  }
}
