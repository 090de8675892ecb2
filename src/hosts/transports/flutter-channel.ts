import type { Transport } from "../bridge/transport.ts";
import { androidJavascriptInterface } from "./android-javascript-interface.ts";
import { hostName } from "./door.ts";

/**
 * Flutter's own webview_flutter. Its channels are, to a page, what Android's JavaScript interfaces are; and so on iOS.
 *
 * The app answers by `controller.runJavaScript('sxReceive(${jsonEncode(text)})')`.
 *
 * @param name of the channel that the app has made by `addJavaScriptChannel`.
 * @see https://pub.dev/documentation/webview_flutter/latest/webview_flutter/WebViewController/addJavaScriptChannel.html
 */
export function flutterChannel(name = hostName): Transport {
  return androidJavascriptInterface(name);
}
