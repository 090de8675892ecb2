import { CallError } from "../../errors.ts";
import { isRecord } from "../../host-values/host-value.ts";
import type { Transport } from "../bridge/envelope.ts";
import { fromHost, hostName } from "./app-object.ts";

/** An object of the app as Qt's own `qwebchannel.js` gives it to a page. */
export interface QtObject {
  postMessage(text: string): unknown;
  readonly message: {
    connect(listener: (text: unknown) => void): void;
    disconnect(listener: (text: unknown) => void): void;
  };
}

/** Object that Qt adds to a page with a channel. */
interface QtTransport {
  send(text: string): void;
  onmessage?: ((event: { readonly data: unknown }) => void) | null;
}

/** The kinds of messages of a QWebChannel, as far as a text each way needs them. */
const kinds = { signal: 1, init: 3, idle: 4, invoke: 6, connect: 7, response: 10 } as const;

/** The description of an object in the answer to `init`: its methods and signals with their numbers. */
interface Described {
  readonly methods?: unknown;
  readonly signals?: unknown;
}

/**
 * QtWebEngine and QtWebView, over a QWebChannel. The app registers a `QObject` with a slot `postMessage(QString)` and a
 * signal `message(QString)`. The page needs no `qwebchannel.js`. A page that has loaded it for other objects passes the
 * object of its channel instead of a name, because Qt's transport has one listener.
 *
 * @param object the name under which the app has registered its object, or the object of the page's own channel.
 * @see https://doc.qt.io/qt-6/qtwebchannel-index.html
 */
export function qtWebChannel(object: string | QtObject = hostName): Transport {
  return typeof object === "string" ? ownChannel(object) : givenChannel(object);
}

function givenChannel(object: QtObject): Transport {
  return {
    post(text) {
      object.postMessage(text);
    },
    onText(listener) {
      object.message.connect(listener);
      return () => {
        object.message.disconnect(listener);
      };
    },
    close: () => undefined,
  };
}

function ownChannel(name: string): Transport {
  const listeners = new Set<(text: unknown) => void>();
  let transport: QtTransport | null = null;
  let post: number | null = null;
  let message: number | null = null;
  let ids = 0;
  const send = (message: object) => transport?.send(JSON.stringify(message));

  const take = ({ data }: { readonly data: unknown }) => {
    const received = parse(data);
    if (received.type === kinds.response && post === null) {
      const found = isRecord(received.data) ? received.data[name] : undefined;
      if (!isRecord(found)) return;
      post = numberOf(found, "methods", "postMessage");
      message = numberOf(found, "signals", "message");
      if (message !== null) send({ type: kinds.connect, object: name, signal: message });
      send({ type: kinds.idle });
    } else if (
      received.type === kinds.signal &&
      received.object === name &&
      received.signal === message
    ) {
      const [text] = Array.isArray(received.args) ? (received.args as unknown[]) : [];
      for (const listener of listeners) listener(text);
    }
  };

  const open = () => {
    if (transport !== null) return;
    // As Qt documents it.
    transport = fromHost("qt.webChannelTransport") as QtTransport;
    transport.onmessage = take;
    send({ type: kinds.init, id: ids++ });
  };

  return {
    post(text) {
      open();
      if (post === null) {
        throw new CallError("not-possible", `The app's channel has no "${name}" to post to yet.`);
      }
      send({ type: kinds.invoke, object: name, method: post, args: [text], id: ids++ });
    },
    onText(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      listeners.clear();
      if (transport?.onmessage === take) transport.onmessage = null;
    },
  };
}

function parse(data: unknown): Readonly<Record<string, unknown>> {
  try {
    const message: unknown = typeof data === "string" ? JSON.parse(data) : data;
    return isRecord(message) ? message : {};
  } catch {
    return {};
  }
}

/** Qt lists pairs of a name and a number. */
function numberOf(object: Described, list: keyof Described, name: string): number | null {
  const pairs: unknown = object[list];
  const pair = Array.isArray(pairs)
    ? pairs.find((one): one is [string, number] => Array.isArray(one) && one[0] === name)
    : undefined;
  return typeof pair?.[1] === "number" ? pair[1] : null;
}
