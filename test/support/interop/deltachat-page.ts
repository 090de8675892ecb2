import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { Browser, Page } from "puppeteer-core";
import { PageWatch } from "./simplex-pages.ts";

const built = new URL("../../../dist/deltachat/", import.meta.url);

/** The page of `dist/deltachat`, which `npm test` builds first; after a change, `npm run build`. */
export const builtPage = {
  fileUrl: new URL("index.html", built).href,
  html: (): string => readFileSync(new URL("index.html", built), "utf8"),
  policy: (): string => readFileSync(new URL("policy.txt", built), "utf8").trim(),
};

/** `window.calls` of an app, and the calls of the page to it. */
export interface OpenedApp {
  readonly page: Page;
  readonly watch: PageWatch;
  /** `startCall`, `acceptCall` and `endCall`, in their order, with their descriptions. */
  readonly said: (readonly [name: string, sdp: string])[];
  /** Gives the page a command, as an app does it: by the hash. */
  hash(name: string, sdp?: string): Promise<void>;
}

export interface AppPageOptions {
  /** Default: the page from `file:`. */
  readonly url?: string;
  readonly query?: string;
  /** The hash that the page is opened with. */
  readonly hash?: string;
  readonly servers?: string;
  /** An app that has put nothing in. */
  readonly hasNoCalls?: boolean;
  /** A WebView that starts no worker. */
  readonly hasNoWorker?: boolean;
  readonly languages?: readonly string[];
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** Opens the built page as an app does: `window.calls` is there before the page's scripts run. */
export async function openPage(browser: Browser, options: AppPageOptions = {}): Promise<OpenedApp> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const { url = builtPage.fileUrl, query = "", hash = "", servers = "[]" } = options;
  await page.setViewport(options.viewport ?? { width: 800, height: 600 });
  const watch = new PageWatch(page);
  const said: (readonly [name: string, sdp: string])[] = [];
  if (options.hasNoWorker === true)
    await page.evaluateOnNewDocument(() => {
      URL.createObjectURL = () => {
        throw new TypeError("No addresses for what a page has made.");
      };
    });
  await page.exposeFunction("toApp", (name: string, sdp: string) => void said.push([name, sdp]));
  await page.evaluateOnNewDocument(
    (hasCalls: boolean, json: string, languages: readonly string[] | null) => {
      // The puppeteer function is there by the time the page calls it.
      const toApp = (name: string, sdp = "") =>
        (globalThis as unknown as { toApp(name: string, sdp: string): void }).toApp(name, sdp);
      if (languages) Object.defineProperty(navigator, "languages", { get: () => languages });
      if (!hasCalls) return;
      Object.assign(globalThis, {
        calls: {
          startCall: (sdp: string) => toApp("startCall", sdp),
          acceptCall: (sdp: string) => toApp("acceptCall", sdp),
          endCall: () => toApp("endCall"),
          getIceServers: () => json,
        },
      });
    },
    options.hasNoCalls !== true,
    servers,
    options.languages ?? null,
  );
  await page.goto(`${url}${query}${hash}`);
  return {
    page,
    watch,
    said,
    async hash(name, sdp) {
      const text = sdp === undefined ? name : `${name}=${encodeURIComponent(btoa(sdp))}`;
      await page.evaluate((value) => void (location.hash = value), text);
    },
  };
}

export interface ViewSight {
  readonly state: string;
  readonly protection: string;
  readonly problem: string | null;
}

/** Returns the state of the call in the page's own view. */
export function sightOf({ page }: OpenedApp): Promise<ViewSight> {
  return page.evaluate(() => {
    const view = document.querySelector("sx-call-view") as unknown as {
      snapshot: {
        state: string;
        protection: { status: string };
        ending: { problem: string | null } | null;
      };
    };
    const { state, protection, ending } = view.snapshot;
    return { state, protection: protection.status, problem: ending?.problem ?? null };
  });
}

/** All words that can be seen, in every shadow root. */
export function wordsOf({ page }: OpenedApp): Promise<string> {
  return page.evaluate(() => {
    const read = (root: ParentNode): string =>
      [...root.querySelectorAll<HTMLElement>("*")]
        .map((element) => {
          const own = [...element.childNodes]
            .filter((node) => node.nodeType === Node.TEXT_NODE)
            .map((node) => node.textContent ?? "")
            .join(" ");
          const isText = !["STYLE", "SCRIPT"].includes(element.tagName);
          return (isText ? own : "") + (element.shadowRoot ? read(element.shadowRoot) : "");
        })
        .join(" ");
    return read(document.body).replace(/\s+/g, " ");
  });
}

/** Presses a button by its part, wherever it is. */
export async function press({ page }: OpenedApp, part: string): Promise<void> {
  await page.evaluate(async (name) => {
    const find = (root: ParentNode): HTMLElement | null => {
      for (const element of root.querySelectorAll<HTMLElement>("*")) {
        if (element.part.contains(name) && ["BUTTON", "INPUT"].includes(element.tagName))
          return element;
        const inner = element.shadowRoot && find(element.shadowRoot);
        if (inner) return inner;
      }
      return null;
    };
    for (let button = find(document); ; button = find(document)) {
      if (button) {
        button.click();
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }, part);
}

/** Serves a page on loopback with a content security policy. */
export async function serve(
  html: string,
  policy: string,
): Promise<{ readonly url: string; stop(): void }> {
  const server: Server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/html", "content-security-policy": policy });
    response.end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  return { url: `http://localhost:${String(port)}/`, stop: () => void server.close() };
}
