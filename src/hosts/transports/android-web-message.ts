import type { Transport } from "../bridge/transport.ts";
import { fromHost, hostName } from "./door.ts";

/** What `WebViewCompat.addWebMessageListener` puts into pages of the origins that the app allows. */
interface WebMessageObject {
  postMessage(text: string): void;
  addEventListener(type: "message", listener: (event: MessageEvent<unknown>) => void): void;
  removeEventListener(type: "message", listener: (event: MessageEvent<unknown>) => void): void;
}

/**
 * Android WebView by AndroidX WebKit: the way to prefer there, since the WebView itself checks the page's origin.
 *
 * @param name what the app has named the object.
 * @throws {CallError} `not-possible` where there is none: it is there before any script of the page, or never.
 * @see https://developer.android.com/reference/androidx/webkit/WebViewCompat#addWebMessageListener
 */
export function androidWebMessage(name = hostName): Transport {
  // As the platform documents it.
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
