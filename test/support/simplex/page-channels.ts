import { SimplexPage } from "./peer.ts";
import type { PageOptions } from "./peer.ts";
import type { HostMessage, PageMessage } from "./protocol.ts";

/** The way from an app to its call page. */
export interface PageChannel {
  processCommand(message: HostMessage): void;
  close(): void;
  /** When the first remote media of a call is there: milliseconds since the epoch. For pages that can tell. */
  firstRemoteMedia?(media: "audio" | "video"): Promise<number>;
}

/** Messages of a page to its app. `gone`: the desktop's socket has closed. */
export interface PageEvents {
  /** Whatever the page sent, parsed and not checked. */
  receive(message: unknown): void;
  gone(): void;
}

export type OpenPage = (events: PageEvents) => PageChannel | Promise<PageChannel>;

/** A `SimplexPage` in this page; what goes through is text on the way. */
export interface OwnPage {
  readonly open: OpenPage;
  /** There is none before the app has opened it. */
  readonly page: SimplexPage;
}

export function ownPage(options: PageOptions = {}): OwnPage {
  let page: SimplexPage | null = null;
  return {
    open({ receive }) {
      const own = new SimplexPage(options, (message: PageMessage) => receive(copied(message)));
      page = own;
      return {
        // The host made this text itself.
        processCommand: (message) => void own.processCommand(copied(message) as HostMessage),
        firstRemoteMedia: (media) => own.firstRemoteMedia(media),
        close: () => own.die(),
      };
    },
    get page() {
      if (page === null) throw new Error("the page is not open");
      return page;
    },
  };
}

/** The two globals of a page's window, which Android's host calls and assigns by name. */
interface AndroidWindow extends Window {
  processCommand(message: unknown): unknown;
  sendMessageToNative: (message: unknown) => void;
  JSON: JSON;
}

/** A page in an iframe, spoken to as Android's WebView is: section 1. Same origin. `url` is the page's address. */
export function framePage(
  url: string,
  prepare: (frame: HTMLIFrameElement) => void = () => undefined,
): OpenPage {
  return async ({ receive }) => {
    const frame = document.createElement("iframe");
    frame.allow = "camera; microphone; display-capture; autoplay";
    frame.src = url;
    frame.width = "320";
    frame.height = "480";
    prepare(frame);
    const loaded = new Promise((resolve) =>
      frame.addEventListener("load", resolve, { once: true }),
    );
    document.body.append(frame);
    await loaded;
    // The globals are what this host is here to look for.
    const page = frame.contentWindow as unknown as AndroidWindow;
    page.sendMessageToNative = (message) => {
      const json = JSON.stringify(message);
      // `postMessage` of the bridge returns at once; the app's own work is not on the page's stack.
      queueMicrotask(() => receive(JSON.parse(json) as unknown));
    };
    return {
      // An object of the page's own world, as a script that is evaluated there would make it.
      processCommand: (message) =>
        void page.processCommand(page.JSON.parse(JSON.stringify(message)) as unknown),
      close: () => frame.remove(),
    };
  };
}

/** The required part of a `WebSocket`, in a browser or of a server in Node. */
export interface HostSocket {
  readonly readyState: number;
  send(text: string): void;
  close(): void;
  addEventListener(type: "open" | "close", listener: () => void): void;
  addEventListener(type: "message", listener: (event: { data: unknown }) => void): void;
}

const isOpen = 1;

/** The desktop's page: one JSON a text frame. Commands wait until a socket is there and open. */
export function socketPage(socket: Promise<HostSocket> | HostSocket): OpenPage {
  return ({ receive, gone }) => {
    let open: HostSocket | null = null;
    const waiting: string[] = [];
    const use = (ready: HostSocket) => {
      open = ready;
      for (const text of waiting.splice(0)) ready.send(text);
    };
    void Promise.resolve(socket).then((given) => {
      given.addEventListener("message", ({ data }) => receive(parsed(data)));
      given.addEventListener("close", gone);
      if (given.readyState === isOpen) use(given);
      else given.addEventListener("open", () => use(given));
    });
    return {
      processCommand(message) {
        const text = JSON.stringify(message);
        if (open === null) waiting.push(text);
        else open.send(text);
      },
      close: () => open?.close(),
    };
  };
}

function copied(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}

/** A frame that is no JSON text is given on as it is: the app notes it. */
function parsed(data: unknown): unknown {
  try {
    return JSON.parse(String(data)) as unknown;
  } catch {
    return data;
  }
}
