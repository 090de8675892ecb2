import type { Transport } from "../bridge/envelope.ts";
import { androidJavascriptInterface } from "./android-javascript-interface.ts";
import { hostName } from "./app-object.ts";

/**
 * Flutter with webview_flutter. To a page, its channels equal Android's JavaScript interfaces, on iOS as well.
 *
 * The app answers by `controller.runJavaScript('sxReceive(${jsonEncode(text)})')`.
 *
 * @param name name of the channel, from the app's `addJavaScriptChannel`.
 * @see https://pub.dev/documentation/webview_flutter/latest/webview_flutter/WebViewController/addJavaScriptChannel.html
 */
export function flutterChannel(name = hostName): Transport {
  return androidJavascriptInterface(name);
}
