import type { Transport } from "../bridge/envelope.ts";
import { androidJavascriptInterface } from "./android-javascript-interface.ts";

/**
 * React Native with react-native-webview. The app receives by `onMessage`, and sends by `injectJavaScript("sxReceive(" +
 * JSON.stringify(text) + "); true;")`.
 *
 * @see
 * https://github.com/react-native-webview/react-native-webview/blob/master/docs/Guide.md#communicating-between-js-and-native
 */
export function reactNative(): Transport {
  return androidJavascriptInterface("ReactNativeWebView");
}
