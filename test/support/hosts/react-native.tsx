/*
 * React Native is not installed here. This stands in for what the sample of a call screen uses of `react-native` and
 * `react-native-webview`, written from their documentation: a WebView is a frame of this page, with a page of the app in it.
 */
import { createElement, useImperativeHandle, useRef } from "react";
import type { Ref } from "react";

type Listener = (value: string) => unknown;

/** Who listens to what, and how often the settings were opened: for the test. */
export const device = { listeners: new Set<readonly [name: string, Listener]>(), settings: 0 };

function addEventListener(name: string, listener: Listener): { remove(): void } {
  const entry = [name, listener] as const;
  device.listeners.add(entry);
  return { remove: () => void device.listeners.delete(entry) };
}

/** What React Native does when the person presses the button or leaves the app. Returns what the last listener answered. */
export function happen(name: string, value = ""): unknown {
  const heard = [...device.listeners].filter(([own]) => own === name);
  return heard.map(([, listener]) => listener(value)).at(-1);
}

export const AppState = { addEventListener };
export const BackHandler = { addEventListener };
export const Linking = {
  openSettings: () => {
    device.settings += 1;
    return Promise.resolve();
  },
};

interface WebViewProps {
  readonly ref: Ref<{ injectJavaScript(script: string): void }>;
  readonly source: { readonly html: string; readonly baseUrl: string };
  readonly originWhitelist: readonly string[];
  onMessage(event: { nativeEvent: { data: string; url: string } }): void;
  onShouldStartLoadWithRequest(request: { url: string }): boolean;
}

/** The page's half of the WebView: there before its own scripts. */
const bridge = `<script>window.ReactNativeWebView = { postMessage: (data) => setTimeout(() => parent.webViewSaid(String(data))) };</script>`;

export function WebView({ ref, source, onMessage, onShouldStartLoadWithRequest }: WebViewProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  useImperativeHandle(ref, () => ({
    // Evaluated on another turn, as by the other thread.
    injectJavaScript: (script: string) =>
      void setTimeout(() =>
        (frame.current?.contentWindow as typeof globalThis | null)?.eval(script),
      ),
  }));
  Object.assign(globalThis, {
    webViewSaid: (data: string) => onMessage({ nativeEvent: { data, url: source.baseUrl } }),
  });
  if (!onShouldStartLoadWithRequest({ url: source.baseUrl })) return null;
  const srcDoc = source.html.replace("<head>", `<head>${bridge}`);
  const style = { width: "320px", height: "480px" };
  return createElement("iframe", { ref: frame, srcDoc, style, allow: "microphone; camera" });
}
