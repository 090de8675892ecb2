import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import { readFileSync } from "node:fs";
import type { Browser, Page } from "puppeteer-core";
import { WebSocketServer } from "ws";
import type { WebSocket } from "ws";
import type { HostSocket, OpenPage } from "../simplex/page-channels.ts";
import { socketPage } from "../simplex/page-channels.ts";

const built = new URL("../../../dist/simplex/", import.meta.url);

/** The pages of `dist/simplex`, which `npm test` builds first; after a change, `npm run build`. */
export const builtPages = {
  fileUrl: (name: "android" | "desktop"): string => new URL(`${name}/call.html`, built).href,
  html: (name: "android" | "desktop"): string =>
    readFileSync(new URL(`${name}/call.html`, built), "utf8"),
};

/** Records console output, exceptions and requests of a page. */
export class PageWatch {
  readonly problems: string[] = [];
  readonly requests: string[] = [];

  constructor(page: Page) {
    page.on("console", (message) => {
      if (["error", "warn"].includes(message.type()))
        this.problems.push(`${message.type()}: ${message.text()}`);
    });
    page.on("pageerror", (thrown) => this.problems.push(String(thrown)));
    page.on("request", (request) => {
      if (!/^(?:data|blob):/.test(request.url())) this.requests.push(request.url());
    });
  }
}

/** A page as Android's app drives it: the message is evaluated, and `sendMessageToNative` is put in after the load. */
export function androidPage(
  browser: Browser,
  url: string,
  opened: (page: Page, watch: PageWatch) => void,
): OpenPage {
  return async ({ receive }) => {
    const page = await newPage(browser);
    const watch = new PageWatch(page);
    await page.exposeFunction("toNative", (json: string) => {
      receive(JSON.parse(json));
    });
    await page.goto(url);
    await page.evaluate(
      "sendMessageToNative = (message) => { toNative(JSON.stringify(message)); }; undefined",
    );
    opened(page, watch);
    return {
      processCommand(message) {
        // As an app does it: the text of the call, with the message as a literal.
        void page
          .evaluate(`processCommand(${JSON.stringify(message)}); undefined`)
          .catch(() => undefined);
      },
      close: () => void page.close().catch(() => undefined),
    };
  };
}

export interface DesktopHostOptions {
  /** Of version 7: without it in the query, the page and the web socket get 401. Older hosts have none. */
  readonly token?: string;
  /** Further parameters of the query. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** `true` if a second socket takes the place of the first. */
  readonly keepsOneSocket?: boolean;
}

/** The desktop app's own server: the page at one address, its files at another, and the web socket. Never at the apps' usual port. */
export class DesktopHost {
  readonly #server: Server;
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #html: string;
  readonly #parameters: Readonly<Record<string, string>>;
  /** `null`: the host wants none. A host that starts anew at the same port has another one. */
  token: string | null;
  /** Sockets that no page has been given yet, and pages that wait for one. */
  readonly #opened: WebSocket[] = [];
  readonly #waiting: ((socket: WebSocket) => void)[] = [];
  /** Every request, as its method, path and query, and what it was answered. */
  readonly requests: {
    readonly line: string;
    readonly status: number;
    readonly referer: string;
  }[] = [];

  private constructor(
    html: string,
    { token, parameters = {}, keepsOneSocket = false }: DesktopHostOptions,
  ) {
    this.#html = html;
    this.token = token ?? null;
    this.#parameters = parameters;
    this.#server = createServer((request, response) => {
      const isPage = pathOf(request) === "/simplex/call/";
      const status = isPage ? (this.#isAllowed(request) ? 200 : 401) : 404;
      this.#note(request, status);
      response.writeHead(status, { "content-type": "text/html; charset=utf-8" });
      response.end(status === 200 ? this.#html : "");
    });
    this.#server.on("upgrade", (request, stream, head) => {
      const isOk = pathOf(request) === "/" && this.#isAllowed(request);
      this.#note(request, isOk ? 101 : 401);
      if (!isOk) {
        stream.end("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
        return;
      }
      this.#sockets.handleUpgrade(request, stream, head, (socket) => {
        if (keepsOneSocket)
          for (const other of this.#sockets.clients) if (other !== socket) other.close();
        const waiting = this.#waiting.shift();
        if (waiting === undefined) this.#opened.push(socket);
        else waiting(socket);
      });
    });
  }

  static async start(html: string, options: DesktopHostOptions = {}): Promise<DesktopHost> {
    const host = new DesktopHost(html, options);
    await host.listen(0);
    return host;
  }

  /** @param port 0 for one that is free. */
  listen(port: number): Promise<void> {
    return new Promise((resolve) => {
      this.#server.listen(port, "127.0.0.1", () => {
        resolve();
      });
    });
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === "string")
      throw new Error("the server does not listen");
    return address.port;
  }

  /** URL that the app opens in the browser. */
  get url(): string {
    const url = new URL(`http://localhost:${this.port}/simplex/call/`);
    // As a form would write it, a token would have a `+` for a space: the apps' own has no such characters.
    const pairs = [
      ...Object.entries(this.#parameters),
      ...(this.token === null ? [] : [["token", this.token] as const]),
    ];
    url.search = pairs
      .map((pair) => pair.map((text) => encodeURIComponent(text)).join("="))
      .join("&");
    return url.href;
  }

  /** The next web socket that no app has been given yet. */
  get socket(): Promise<WebSocket> {
    const socket = this.#opened.shift();
    return socket === undefined
      ? new Promise((resolve) => this.#waiting.push(resolve))
      : Promise.resolve(socket);
  }

  get openSockets(): number {
    return this.#sockets.clients.size;
  }

  /** Closes the sockets; the server goes on. */
  closeSockets(): void {
    for (const socket of this.#sockets.clients) socket.close();
  }

  /** The app is gone. */
  stop(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #isAllowed(request: IncomingMessage): boolean {
    return this.token === null || queryOf(request).get("token") === this.token;
  }

  #note({ method = "", url = "", headers }: IncomingMessage, status: number): void {
    this.requests.push({ line: `${method} ${url}`, status, referer: headers.referer ?? "" });
  }
}

const queryOf = ({ url = "" }: IncomingMessage) => new URL(url, "http://localhost").searchParams;
const pathOf = ({ url = "" }: IncomingMessage) => new URL(url, "http://localhost").pathname;

/** A page as the desktop's app drives it, in a browser of the person's own. */
export function desktopPage(
  browser: Browser,
  host: DesktopHost,
  opened: (page: Page, watch: PageWatch) => void,
): OpenPage {
  return async (events) => {
    const page = await newPage(browser);
    const watch = new PageWatch(page);
    await page.goto(host.url);
    opened(page, watch);
    // Of `ws`, what a `HostSocket` has is there under the same names.
    const socket = (await host.socket) as unknown as HostSocket;
    return socketPage(socket)(events);
  };
}

/** Each in a context of its own: they are the pages of two people. */
async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width: 390, height: 780 });
  return page;
}
