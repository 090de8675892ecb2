import { createServer } from "node:http";
import type { Server } from "node:http";
import { readFileSync } from "node:fs";
import type { Browser, Page } from "puppeteer-core";
import { WebSocketServer } from "ws";
import type { WebSocket } from "ws";
import type { HostSocket, OpenPage } from "../simplex/doors.ts";
import { socketPage } from "../simplex/doors.ts";

const built = new URL("../../../dist/simplex/", import.meta.url);

/** The pages of `dist/simplex`, which `npm test` builds first; after a change, `npm run build`. */
export const builtPages = {
  fileUrl: (name: "android" | "desktop"): string => new URL(`${name}/call.html`, built).href,
  html: (name: "android" | "desktop"): string =>
    readFileSync(new URL(`${name}/call.html`, built), "utf8"),
};

/** What a page said to its console, or threw, and what it asked the network for. */
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

/** The desktop app's own server: the page at one address, its files at another, and the web socket. */
export class DesktopHost {
  readonly #server: Server;
  readonly #sockets: WebSocketServer;
  readonly #html: string;
  readonly socket: Promise<WebSocket>;

  private constructor(html: string) {
    this.#html = html;
    this.#server = createServer((request, response) => {
      const isPage = request.url === "/simplex/call/";
      response.writeHead(isPage ? 200 : 404, { "content-type": "text/html; charset=utf-8" });
      response.end(isPage ? this.#html : "");
    });
    this.#sockets = new WebSocketServer({ server: this.#server, path: "/" });
    this.socket = new Promise((resolve) => this.#sockets.once("connection", resolve));
  }

  static async start(html: string): Promise<DesktopHost> {
    const host = new DesktopHost(html);
    await new Promise<void>((resolve) => host.#server.listen(0, "127.0.0.1", resolve));
    return host;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === "string")
      throw new Error("the server does not listen");
    return `http://localhost:${String(address.port)}/simplex/call/`;
  }

  stop(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
    this.#server.close();
  }
}

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
