import type { Transport } from "../bridge/transport.ts";
import { fromHost, hostName, openDoor } from "./door.ts";

/** What flutter_inappwebview puts into a page. */
interface InAppWebView {
  callHandler(name: string, text: string): Promise<unknown>;
}

/**
 * Flutter by flutter_inappwebview. The handler's answer may be a text; else the app speaks by
 * `controller.evaluateJavascript(source: 'sxReceive(${jsonEncode(text)})')`.
 *
 * `flutterInAppWebViewPlatformReady` is not waited for: before it there is nothing to call, and the page asks again.
 *
 * @param name of the handler that the app has added by `addJavaScriptHandler`.
 * @see https://inappwebview.dev/docs/webview/javascript/communication/
 */
export function flutterInAppWebView(name = hostName): Transport {
  let tell: (text: unknown) => void = () => undefined;
  return {
    post(text) {
      // As the plugin documents it.
      const reply = (fromHost("flutter_inappwebview") as InAppWebView).callHandler(name, text);
      reply.then((answer) => typeof answer === "string" && tell(answer)).catch(() => undefined);
    },
    onText(listener) {
      tell = listener;
      return openDoor(listener);
    },
    close: () => undefined,
  };
}
