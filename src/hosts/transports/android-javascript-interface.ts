import type { Transport } from "../bridge/transport.ts";
import { fromHost, hostName, openDoor } from "./door.ts";

/**
 * Android WebView by `addJavascriptInterface`: for an app that cannot use AndroidX WebKit. Every frame in the WebView sees the object,
 * and the app does not learn which origin has spoken: the page must hold no other frames.
 *
 * The app answers by `evaluateJavascript("sxReceive(" + JSONObject.quote(text) + ")", null)`.
 *
 * @param name what the app has named the object, which has a method `postMessage(String)`.
 * @see https://developer.android.com/reference/android/webkit/WebView#addJavascriptInterface(java.lang.Object,%20java.lang.String)
 */
export function androidJavascriptInterface(name = hostName): Transport {
  return {
    // As the app documents it, and as a method of its object: called without it, WebView refuses.
    post: (text) => (fromHost(name) as { postMessage(text: string): void }).postMessage(text),
    onText: openDoor,
    close: () => undefined,
  };
}
