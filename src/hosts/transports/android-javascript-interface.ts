import type { Transport } from "../bridge/envelope.ts";
import { fromHost, hostName, installReceiver } from "./app-object.ts";

/**
 * Android WebView by `addJavascriptInterface`: for an app that cannot use AndroidX WebKit. Every frame in the WebView can call
 * the object, and the app does not learn the origin of a call. The page must therefore contain no other frames.
 *
 * The app answers by `evaluateJavascript("sxReceive(" + JSONObject.quote(text) + ")", null)`.
 *
 * @param name name of the app's object, which has a method `postMessage(String)`.
 * @see
 * https://developer.android.com/reference/android/webkit/WebView#addJavascriptInterface(java.lang.Object,%20java.lang.String)
 */
export function androidJavascriptInterface(name = hostName): Transport {
  return {
    // Called as a method of its object: WebView refuses a detached function.
    post: (text) => (fromHost(name) as { postMessage(text: string): void }).postMessage(text),
    onText: installReceiver,
    close: () => undefined,
  };
}
