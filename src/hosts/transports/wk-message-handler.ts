import type { Transport } from "../bridge/transport.ts";
import { fromHost, hostName, openDoor } from "./door.ts";

/** A `WKScriptMessageHandlerWithReply` answers by a promise, one without by nothing. */
interface MessageHandler {
  postMessage(body: string): Promise<unknown> | undefined;
}

/**
 * WKWebView and WebKitGTK. The app may answer a message by its reply, which is a text, and speaks for itself by
 * `callAsyncJavaScript("sxReceive(text)", arguments: ["text": text], in: nil, in: .page)`.
 *
 * @param name what the app has named the handler.
 * @see https://developer.apple.com/documentation/webkit/wkscriptmessagehandlerwithreply
 */
export function wkMessageHandler(name = hostName): Transport {
  const listeners = new Set<(text: unknown) => void>();
  const tell = (text: unknown) => {
    for (const listener of listeners) listener(text);
  };
  return {
    post(text) {
      // As the platform documents it.
      const handler = fromHost(`webkit.messageHandlers.${name}`) as MessageHandler;
      const reply = handler.postMessage(text);
      // A reply that is no text is a plain "heard". A rejected one is the app's word that it has not: it has told itself then.
      reply?.then((answer) => typeof answer === "string" && tell(answer)).catch(() => undefined);
    },
    onText(listener) {
      listeners.add(listener);
      const close = openDoor(tell);
      return () => {
        listeners.delete(listener);
        close();
      };
    },
    close: () => listeners.clear(),
  };
}
