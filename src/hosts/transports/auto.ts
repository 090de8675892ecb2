import { CallError } from "../../errors.ts";
import { isAbsent } from "../../host-values/host-value.ts";
import type { Transport } from "../bridge/transport.ts";
import { androidJavascriptInterface } from "./android-javascript-interface.ts";
import { androidWebMessage } from "./android-web-message.ts";
import { hostName } from "./door.ts";
import { electron } from "./electron.ts";
import { flutterInAppWebView } from "./flutter-inappwebview.ts";
import { messagePort } from "./message-port.ts";
import { reactNative } from "./react-native.ts";
import { tauri } from "./tauri.ts";
import { webSocket } from "./web-socket.ts";
import { wkMessageHandler } from "./wk-message-handler.ts";

/** What nobody can find out by looking. */
export interface AutoOptions {
  /** The exact origin of the page around this one, where it may be in a frame. */
  readonly frameOrigin?: string | null;
  /** An app's web socket, where nothing else is found. */
  readonly socket?: { readonly url: string | URL; readonly token: string } | null;
}

/**
 * The transport for the app around this page, by what the app has put into it under the kit's own names.
 * @throws {CallError} `not-possible` where there is none.
 */
export function auto({ frameOrigin, socket }: AutoOptions = {}): Transport {
  const {
    sxHost,
    sx,
    ReactNativeWebView,
    flutter_inappwebview: inApp,
    webkit,
    __TAURI__: tauriApi,
  } = globalThis as Found;
  if (sxHost !== undefined) return electron();
  if (tauriApi !== undefined) return tauri();
  if (ReactNativeWebView !== undefined) return reactNative();
  if (inApp !== undefined) return flutterInAppWebView();
  if (webkit?.messageHandlers?.[hostName] !== undefined) return wkMessageHandler();
  // An interface of Java or a channel of Flutter has nothing to listen to.
  if (sx !== undefined)
    return sx.addEventListener === undefined ? androidJavascriptInterface() : androidWebMessage();
  if (!isAbsent(frameOrigin) && parent !== globalThis.window) return messagePort(frameOrigin);
  if (!isAbsent(socket)) return webSocket(socket.url, socket.token);
  throw new CallError("not-possible", "There is no app around this page that the kit knows.");
}

/** What apps put into a page. The names are theirs and ours; nothing is relied on but that it is there. */
interface Found {
  readonly sxHost?: unknown;
  readonly sx?: { readonly addEventListener?: unknown };
  readonly ReactNativeWebView?: unknown;
  readonly flutter_inappwebview?: unknown;
  readonly webkit?: { readonly messageHandlers?: Readonly<Record<string, unknown>> };
  readonly __TAURI__?: unknown;
}
