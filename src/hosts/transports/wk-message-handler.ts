import type { Transport } from "../bridge/envelope.ts";
import { fromHost, hostName, installReceiver } from "./app-object.ts";

/** A `WKScriptMessageHandlerWithReply` returns a promise, other handlers return `undefined`. */
interface MessageHandler {
  postMessage(body: string): Promise<unknown> | undefined;
}

/**
 * WKWebView and WebKitGTK. The app may reply to a message with a text. It sends by `callAsyncJavaScript("sxReceive(text)",
 * arguments: ["text": text], in: nil, in: .page)`.
 *
 * @param name name of the app's handler.
 * @see https://developer.apple.com/documentation/webkit/wkscriptmessagehandlerwithreply
 */
export function wkMessageHandler(name = hostName): Transport {
  const listeners = new Set<(text: unknown) => void>();
  const notify = (text: unknown) => {
    for (const listener of listeners) listener(text);
  };
  return {
    post(text) {
      // The platform's documented interface.
      const handler = fromHost(`webkit.messageHandlers.${name}`) as MessageHandler;
      const reply = handler.postMessage(text);
      // A reply without text is an acknowledgement. A rejection means that the app failed, which it knows already.
      reply?.then((answer) => typeof answer === "string" && notify(answer)).catch(() => undefined);
    },
    onText(listener) {
      listeners.add(listener);
      const close = installReceiver(notify);
      return () => {
        listeners.delete(listener);
        close();
      };
    },
    close: () => listeners.clear(),
  };
}
