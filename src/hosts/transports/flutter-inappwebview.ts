import type { Transport } from "../bridge/envelope.ts";
import { fromHost, hostName, installReceiver } from "./app-object.ts";

/** The interface that flutter_inappwebview adds to a page. */
interface InAppWebView {
  callHandler(name: string, text: string): Promise<unknown>;
}

/**
 * Flutter with flutter_inappwebview. The handler may return a text. Otherwise the app sends by
 * `controller.evaluateJavascript(source: 'sxReceive(${jsonEncode(text)})')`.
 *
 * Does not wait for `flutterInAppWebViewPlatformReady`: before it, calls fail and the page repeats them.
 *
 * @param name name of the handler, from the app's `addJavaScriptHandler`.
 * @see https://inappwebview.dev/docs/webview/javascript/communication/
 */
export function flutterInAppWebView(name = hostName): Transport {
  let notify: (text: unknown) => void = () => undefined;
  return {
    post(text) {
      // The plugin's documented interface.
      const reply = (fromHost("flutter_inappwebview") as InAppWebView).callHandler(name, text);
      reply.then((answer) => typeof answer === "string" && notify(answer)).catch(() => undefined);
    },
    onText(listener) {
      notify = listener;
      return installReceiver(listener);
    },
    close: () => undefined,
  };
}
