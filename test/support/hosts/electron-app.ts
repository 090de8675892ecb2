/*
 * Electron is 200 MB and not installed here. This stand-in has the APIs that the sample of its main process uses, written from
 * Electron's documentation. A window is a page of Chromium. Its requests to the app's scheme go to the scheme's handler. Its
 * preload script exchanges text with the main process on another turn. The session's handlers decide about its devices.
 */
import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, HTTPRequest, Page } from "puppeteer-core";
import { runUnawaited } from "../interop/run-unawaited.ts";

/** Where Chromium, which has no schemes of an app, finds what is below `scheme://host`. */
const placeOf = (url: string) => url.replace(/^([\w-]+):\/\/([\w.-]+)/, "https://$2.$1.invalid");
const addressOf = (url: string) =>
  url.replace(/^https:\/\/([\w.-]+?)\.([\w-]+)\.invalid/, "$2://$1");
const types: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
};

type Handler = (request: Request) => Response | Promise<Response>;

class Session {
  readonly handlers = new Map<string, Handler>();
  readonly protocol = {
    handle: (scheme: string, handler: Handler) => void this.handlers.set(scheme, handler),
  };
  asks: (contents: Contents, permission: string, answer: (isGranted: boolean) => void) => void = (
    _contents,
    _permission,
    answer,
  ) => answer(true);
  checks: (contents: Contents, permission: string) => boolean = () => true;
  shares: unknown = null;
  setPermissionRequestHandler(handler: Session["asks"]): void {
    this.asks = handler;
  }
  setPermissionCheckHandler(handler: Session["checks"]): void {
    this.checks = handler;
  }
  setDisplayMediaRequestHandler(handler: unknown): void {
    this.shares = handler;
  }
}

class Contents extends EventEmitter {
  /** Of this page alone: its preload script's texts. */
  readonly ipc = new EventEmitter();
  readonly mainFrame = { url: "" };
  opens: unknown = null;
  readonly #page: () => Page | null;

  constructor(page: () => Page | null) {
    super();
    this.#page = page;
  }
  getURL(): string {
    return this.mainFrame.url;
  }
  isDestroyed(): boolean {
    return this.#page()?.isClosed() ?? false;
  }
  setWindowOpenHandler(handler: unknown): void {
    this.opens = handler;
  }
  send(channel: string, text: string): void {
    runUnawaited(this.#page(), `inPreload.heard(${JSON.stringify([channel, text])})`);
  }
}

interface WindowOptions {
  readonly webPreferences: {
    readonly session: Session;
    readonly preload: string;
    readonly sandbox: boolean;
    readonly contextIsolation: boolean;
  };
}

/** In the page: what a preload script may use. */
const preloadWorld = `globalThis.inPreload = {
  listeners: [],
  heard([channel, text]) { for (const [name, listener] of [...this.listeners]) if (name === channel) listener({}, text); },
};
const { getUserMedia } = MediaDevices.prototype;
MediaDevices.prototype.getUserMedia = async function (wanted) {
  if (!(await inMain("permission", "media"))) throw new DOMException("", "NotAllowedError");
  return getUserMedia.call(this, wanted);
};`;
const preloadModules = `{
  contextBridge: { exposeInMainWorld: (name, api) => { globalThis[name] = api; } },
  ipcRenderer: {
    send: (channel, text) => void inMain("ipc", channel, text),
    on: (channel, listener) => inPreload.listeners.push([channel, listener]),
    off: (channel, listener) => { inPreload.listeners = inPreload.listeners.filter((one) => one[0] !== channel || one[1] !== listener); },
  },
}`;

/** The module `electron` of one app. */
export function electronOn(browser: Browser) {
  const log = { schemes: [] as unknown[], asked: [] as string[], awake: new Set<number>() };
  const sessions = new Map<string, Session>();
  const windows: BrowserWindow[] = [];
  let isReady = false;
  let blockers = 0;

  class BrowserWindow extends EventEmitter {
    page: Page | null = null;
    readonly webContents = new Contents(() => this.page);
    readonly options: WindowOptions;
    constructor(options: WindowOptions) {
      super();
      this.options = options;
      windows.push(this);
    }

    async loadURL(url: string): Promise<void> {
      const { session, preload } = this.options.webPreferences;
      this.page = await (await browser.createBrowserContext()).newPage();
      await this.page.setRequestInterception(true);
      this.page.on("request", (request) => void this.#serve(request));
      await this.page.exposeFunction("inMain", (kind: string, name: string, text: string) => {
        if (kind === "ipc") {
          const event = { senderFrame: this.webContents.mainFrame };
          return void setTimeout(() => this.webContents.ipc.emit(name, event, text));
        }
        log.asked.push(name);
        if (!session.checks(this.webContents, name)) return false;
        return new Promise((resolve) => session.asks(this.webContents, name, resolve));
      });
      const script = readFileSync(preload, "utf8");
      await this.page.evaluateOnNewDocument(
        `${preloadWorld}\n((require) => {${script}\n})((name) => { if (name !== "electron") throw new Error(name); return ${preloadModules}; });`,
      );
      this.webContents.mainFrame.url = url;
      await this.page.goto(placeOf(url));
    }

    close(): void {
      void this.page?.browserContext().close();
      this.emit("closed");
    }

    async #serve(request: HTTPRequest): Promise<void> {
      const url = addressOf(request.url());
      const handler = this.options.webPreferences.session.handlers.get(url.split(":")[0]!);
      if (handler === undefined) return void request.continue();
      const response = await Promise.resolve(new Request(url))
        .then(handler)
        .catch(() => null);
      if (response === null) return void request.abort("failed");
      await request.respond({
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: Buffer.from(await response.arrayBuffer()),
      });
    }
  }

  const electron = {
    app: {
      whenReady: () => {
        isReady = true;
        return Promise.resolve();
      },
    },
    BrowserWindow,
    desktopCapturer: { getSources: () => Promise.resolve([{ id: "screen:0:0", name: "Screen" }]) },
    net: {
      fetch: (url: string) => {
        const file = fileURLToPath(url);
        const headers = { "content-type": types[extname(file)] ?? "application/octet-stream" };
        return Promise.resolve(new Response(readFileSync(file), { headers }));
      },
    },
    powerSaveBlocker: {
      start: (kind: string) => {
        if (kind !== "prevent-display-sleep") throw new Error(kind);
        blockers += 1;
        log.awake.add(blockers);
        return blockers;
      },
      stop: (id: number) => log.awake.delete(id),
    },
    protocol: {
      registerSchemesAsPrivileged: (schemes: unknown[]) => {
        if (isReady) throw new Error("Schemes are registered before the app is ready.");
        log.schemes.push(...schemes);
      },
    },
    session: {
      fromPartition: (name: string) => {
        if (!isReady) throw new Error("There are no sessions before the app is ready.");
        const session = sessions.get(name) ?? new Session();
        sessions.set(name, session);
        return session;
      },
    },
  };
  return { electron, log, windows };
}
