import type { Transport } from "../../../src/hosts/bridge/envelope.ts";

/*
 * Objects that each platform adds to a page, with the limits of its documentation. Texts arrive in another task, an object
 * exists when the platform adds it, and refusals are real.
 */

/** A platform that is set up in this page: the app's end of it, and how it is taken away. */
export interface FakePlatform {
  readonly app: Transport;
  remove(): void;
}

type Listener = (text: unknown) => void;

/** The app's end: what the page says comes to `heard`, on the app's own turn. */
function appEnd(post: (text: string) => void): {
  readonly app: Transport;
  readonly heard: (text: unknown) => void;
} {
  const listeners = new Set<Listener>();
  return {
    heard: (text) =>
      setTimeout(() => {
        for (const listener of listeners) listener(text);
      }),
    app: {
      post,
      onText(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      close: () => undefined,
    },
  };
}

function put(name: string, object: unknown): () => void {
  Object.assign(globalThis, { [name]: object });
  return () => void Reflect.deleteProperty(globalThis, name);
}

/** `WebView.evaluateJavascript` and its relatives: on another turn, at the top of the page; what it throws nobody hears of. */
function evaluateLater(script: string): void {
  setTimeout(() => {
    try {
      // oxlint-disable-next-line no-eval -- a WebView evaluates at the top of the page, as an indirect eval does.
      (0, eval)(script);
    } catch {
      // Logged to the console of the WebView, at most.
    }
  });
}

/** `org.json.JSONObject.quote`: also escapes what JSON allows and old scripts do not. */
function quote(text: string): string {
  return JSON.stringify(text)
    .replaceAll("/", "\\/")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
}

/** `WebViewCompat.addWebMessageListener(view, "sx", ...)`. The app has no `JavaScriptReplyProxy` before the page has spoken. */
export function androidWebMessagePlatform(): FakePlatform {
  let hasProxy = false;
  const object = new EventTarget();
  const { app, heard } = appEnd((text) => {
    if (!hasProxy) throw new Error("The app has no reply proxy yet.");
    setTimeout(() => object.dispatchEvent(new MessageEvent("message", { data: text })));
  });
  Object.assign(object, {
    postMessage(text: unknown) {
      if (typeof text !== "string") throw new TypeError("A message is a string.");
      hasProxy = true;
      heard(text);
    },
  });
  return { app, remove: put("sx", object) };
}

/** `addJavascriptInterface(object, "sx")`: a method of its object only, its argument becomes a Java String. */
export function androidJavascriptInterfacePlatform(): FakePlatform {
  const { app, heard } = appEnd((text) => evaluateLater(`sxReceive(${quote(text)})`));
  const object = {
    postMessage(this: unknown, ...given: unknown[]) {
      if (this !== object)
        throw new Error("Java bridge method can't be invoked on a non-injected object");
      if (given.length !== 1) throw new Error("Method not found");
      heard(String(given[0]));
    },
  };
  return { app, remove: put("sx", object) };
}

/** webview_flutter: an object with one method; `runJavaScript` of a text that Dart's `jsonEncode` has made. */
export function flutterChannelPlatform(): FakePlatform {
  const { app, heard } = appEnd((text) => evaluateLater(`sxReceive(${JSON.stringify(text)})`));
  const object = { postMessage: (text: unknown) => heard(String(text)) };
  return { app, remove: put("sx", object) };
}

/** QtWebEngine: a transport of JSON texts, on which the app's QWebChannel answers and tells of signals that were asked for. */
export function qtPlatform(): FakePlatform {
  let isConnected = false;
  const transport = {
    onmessage: null as ((event: { data: unknown }) => void) | null,
    send(text: unknown) {
      if (typeof text !== "string") throw new TypeError("Qt's transport takes texts.");
      const { type, id, object, method, signal, args } = JSON.parse(text) as {
        readonly type: number;
        readonly id?: number;
        readonly object?: string;
        readonly method?: number;
        readonly signal?: number;
        readonly args?: unknown[];
      };
      const answer = (data: unknown) => say({ type: 10, id, data });
      if (type === 3) {
        const methods = [
          ["deleteLater", 3],
          ["postMessage", 6],
          ["postMessage(QString)", 6],
        ];
        answer({
          sx: {
            methods,
            signals: [
              ["destroyed", 0],
              ["message", 5],
            ],
            properties: [],
          },
        });
      } else if (type === 7 && object === "sx" && signal === 5) isConnected = true;
      else if (type === 6 && object === "sx" && method === 6) {
        heard(args?.[0]);
        answer(null);
      }
    },
  };
  const say = (message: object) =>
    setTimeout(() => transport.onmessage?.({ data: JSON.stringify(message) }));
  const { app, heard } = appEnd((text) => {
    // A signal to which nobody is connected reaches nobody.
    if (isConnected) say({ type: 1, object: "sx", signal: 5, args: [text] });
  });
  return { app, remove: put("qt", { webChannelTransport: transport }) };
}

/** react-native-webview: exactly one argument, a string; `injectJavaScript` of a JSON literal, in which U+2028 stands as it is. */
export function reactNativePlatform(): FakePlatform {
  const { app, heard } = appEnd((text) =>
    evaluateLater(`sxReceive(${JSON.stringify(text)}); true;`),
  );
  const object = {
    postMessage(...given: unknown[]) {
      if (given.length !== 1 || typeof given[0] !== "string")
        throw new TypeError("Only one string can be posted.");
      heard(given[0]);
    },
  };
  return { app, remove: put("ReactNativeWebView", object) };
}

/** Answers of an app to a `WKScriptMessageHandlerWithReply`; without one it is a `WKScriptMessageHandler`. */
export type WkReply = "none" | "texts" | "nothing" | "rejects";

/** WKWebView: the body is cloned, a reply comes as a promise; `callAsyncJavaScript` gives its arguments as they are. */
export function wkPlatform(reply: WkReply = "none"): FakePlatform {
  const waiting: string[] = [];
  let owed = 0;
  const { app, heard } = appEnd((text) => {
    // A reply takes one text, and each message of the page has one.
    if (reply === "texts" && owed > 0) waiting.push(text);
    else setTimeout(() => callAsync("sxReceive(text)", { text }));
  });
  const handler = {
    postMessage(body: unknown): Promise<unknown> | undefined {
      heard(structuredClone(body));
      if (reply === "none") return undefined;
      owed++;
      return new Promise((resolve, reject) => {
        // After the app has heard it: what it says until then is its reply.
        setTimeout(() => {
          if (reply === "rejects") reject(new Error("The app has not taken it."));
          else resolve(structuredClone(waiting.shift()));
          owed--;
          for (const text of waiting.splice(0))
            setTimeout(() => callAsync("sxReceive(text)", { text }));
        }, 1);
      });
    },
  };
  return { app, remove: put("webkit", { messageHandlers: { sx: handler } }) };
}

function callAsync(body: string, given: { readonly text: string }): void {
  // As WebKit does it: the body of a function whose parameters are the arguments' names.
  // oxlint-disable-next-line typescript/no-implied-eval -- the platform's own way, with a constant body.
  const work = new Function("text", body) as (text: string) => void;
  try {
    work(structuredClone(given.text));
  } catch {
    // Passed to the app's completion handler.
  }
}

/** flutter_inappwebview: arguments and answers go through JSON; before `ready` there is no `callHandler`. */
export function flutterInAppPlatform({ answers = false } = {}): FakePlatform & {
  readonly ready: () => void;
} {
  const waiting: string[] = [];
  let owed = 0;
  const { app, heard } = appEnd((text) => {
    if (answers && owed > 0) waiting.push(text);
    else evaluateLater(`sxReceive(${JSON.stringify(text)})`);
  });
  const object: { callHandler?: unknown } = {};
  const callHandler = (name: string, ...given: unknown[]) =>
    new Promise<unknown>((resolve) => {
      const [text] = JSON.parse(JSON.stringify(given)) as unknown[];
      if (name !== "sx") {
        resolve(null);
        return;
      }
      heard(text);
      owed++;
      setTimeout(() => {
        owed--;
        resolve(waiting.shift() ?? null);
        for (const later of waiting.splice(0)) evaluateLater(`sxReceive(${JSON.stringify(later)})`);
      }, 1);
    });
  return {
    app,
    ready: () => Object.assign(object, { callHandler }),
    remove: put("flutter_inappwebview", object),
  };
}

/** Electron's context bridge: a frozen copy with functions; what goes through them is cloned. */
export function electronPlatform(): FakePlatform {
  const listeners = new Set<(text: string) => void>();
  const { app, heard } = appEnd((text) =>
    setTimeout(() => {
      for (const listener of listeners) listener(structuredClone(text));
    }),
  );
  const api = Object.freeze({
    send: (text: unknown) => heard(structuredClone(text)),
    on(listener: (text: string) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  });
  return { app, remove: put("sxHost", api) };
}

/** Tauri 2: commands and events are asynchronous, an unknown command is rejected with a text. */
export function tauriPlatform(): FakePlatform {
  const listeners = new Map<
    number,
    (event: { event: string; id: number; payload: unknown }) => void
  >();
  let ids = 0;
  const { app, heard } = appEnd((text) =>
    setTimeout(() => {
      for (const [id, listener] of listeners) listener({ event: "sx-host", id, payload: text });
    }),
  );
  const api = {
    core: {
      async invoke(command: string, { text }: { text: string }) {
        await Promise.resolve();
        if (command !== "sx_host") throw new Error(`command ${command} not found`);
        heard(text);
        return null;
      },
    },
    event: {
      async listen(
        name: string,
        listener: (event: { event: string; id: number; payload: unknown }) => void,
      ) {
        await new Promise((resolve) => setTimeout(resolve));
        const id = ++ids;
        if (name === "sx-host") listeners.set(id, listener);
        return () => void listeners.delete(id);
      },
    },
  };
  return { app, remove: put("__TAURI__", api) };
}
