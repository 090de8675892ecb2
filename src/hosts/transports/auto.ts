import { CallError } from "../../errors.ts";
import { isAbsent } from "../../host-values/host-value.ts";
import type { Transport } from "../bridge/envelope.ts";
import { androidJavascriptInterface } from "./android-javascript-interface.ts";
import { androidWebMessage } from "./android-web-message.ts";
import { hostName } from "./app-object.ts";
import { electron } from "./electron.ts";
import { flutterInAppWebView } from "./flutter-inappwebview.ts";
import { messagePort } from "./message-port.ts";
import { qtWebChannel } from "./qt-web-channel.ts";
import { reactNative } from "./react-native.ts";
import { tauri } from "./tauri.ts";
import { webSocket } from "./web-socket.ts";
import { wkMessageHandler } from "./wk-message-handler.ts";

/** Information that cannot be detected. */
export interface AutoOptions {
  /** Exact origin of the page around this one, for a page in a frame. */
  readonly frameOrigin?: string | null;
  /** An app's web socket, used where no other transport is found. */
  readonly socket?: { readonly url: string | URL; readonly token: string } | null;
}

/**
 * Returns the transport of the surrounding app, by the objects that the app has added under the kit's names.
 * @throws {CallError} `not-possible` where none is found.
 */
export function auto({ frameOrigin, socket }: AutoOptions = {}): Transport {
  const {
    sxHost,
    sx,
    ReactNativeWebView,
    flutter_inappwebview: inApp,
    webkit,
    __TAURI__: tauriApi,
    qt,
  } = globalThis as Found;
  if (sxHost !== undefined) return electron();
  if (tauriApi !== undefined) return tauri();
  if (qt?.webChannelTransport !== undefined) return qtWebChannel();
  if (ReactNativeWebView !== undefined) return reactNative();
  if (inApp !== undefined) return flutterInAppWebView();
  if (webkit?.messageHandlers?.[hostName] !== undefined) return wkMessageHandler();
  // A Java interface or a Flutter channel has no `addEventListener`.
  if (sx !== undefined)
    return sx.addEventListener === undefined ? androidJavascriptInterface() : androidWebMessage();
  if (!isAbsent(frameOrigin) && parent !== globalThis.window) return messagePort(frameOrigin);
  if (!isAbsent(socket)) return webSocket(socket.url, socket.token);
  throw new CallError("not-possible", "No known app was found around this page.");
}

/** Objects that apps add to a page. Only their presence is relied on. */
interface Found {
  readonly sxHost?: unknown;
  readonly qt?: { readonly webChannelTransport?: unknown };
  readonly sx?: { readonly addEventListener?: unknown };
  readonly ReactNativeWebView?: unknown;
  readonly flutter_inappwebview?: unknown;
  readonly webkit?: { readonly messageHandlers?: Readonly<Record<string, unknown>> };
  readonly __TAURI__?: unknown;
}
