import type { Transport } from "../bridge/envelope.ts";
import { fromHost, hostName } from "./app-object.ts";

/** The object that `WebViewCompat.addWebMessageListener` adds to pages of allowed origins. */
interface WebMessageObject {
  postMessage(text: string): void;
  addEventListener(type: "message", listener: (event: MessageEvent<unknown>) => void): void;
  removeEventListener(type: "message", listener: (event: MessageEvent<unknown>) => void): void;
}

/**
 * Android WebView by AndroidX WebKit. Recommended on Android: the WebView itself checks the page's origin.
 *
 * @param name name of the app's object.
 * @throws {CallError} `not-possible` without the object, which exists before any script of the page, or never.
 * @see https://developer.android.com/reference/androidx/webkit/WebViewCompat#addWebMessageListener
 */
export function androidWebMessage(name = hostName): Transport {
  // The platform's documented interface.
  const object = fromHost(name) as WebMessageObject;
  return {
    post: (text) => object.postMessage(text),
    onText(listener) {
      const onMessage = ({ data }: MessageEvent<unknown>) => listener(data);
      object.addEventListener("message", onMessage);
      return () => object.removeEventListener("message", onMessage);
    },
    close: () => undefined,
  };
}
