import type { Localize, PermissionKind } from "../../words/strings.ts";

const kinds: readonly PermissionKind[] = [
  "chrome-desktop",
  "chrome-android",
  "safari-ios",
  "safari-mac",
  "firefox",
  "edge",
  "webview-android",
  "webview-ios",
  "other",
];

/** Identification of a browser. */
export interface BrowserTraits {
  readonly userAgent: string;
  /** User agent client hints, if available. */
  readonly userAgentData?: { readonly brands?: readonly { readonly brand: string }[] };
  readonly maxTouchPoints?: number;
}

/**
 * Returns the kind of browser or WebView for its permission steps. For permission help only: it says nothing about features.
 */
export function permissionKind({
  userAgent,
  userAgentData,
  maxTouchPoints = 0,
}: BrowserTraits): PermissionKind {
  const has = (pattern: RegExp) => pattern.test(userAgent);
  if (has(/Android/)) {
    const isWebView =
      has(/; wv\)/) ||
      (userAgentData?.brands ?? []).some(({ brand }) => brand === "Android WebView");
    if (isWebView) return "webview-android";
    return has(/Firefox\//) ? "firefox" : has(/Chrome\//) ? "chrome-android" : "other";
  }
  // iPads identify as Macs. Other browsers are apps there, listed by name in the Settings app.
  if (has(/iPhone|iPad|iPod/) || (has(/Macintosh/) && maxTouchPoints > 1)) {
    return has(/Safari\//) && !has(/CriOS|FxiOS|EdgiOS|OPT\//) ? "safari-ios" : "webview-ios";
  }
  if (has(/Electron\//)) return "other";
  if (has(/Firefox\//)) return "firefox";
  if (has(/Edg\//)) return "edge";
  if (has(/Chrome\//)) return "chrome-desktop";
  return has(/Macintosh/) && has(/Safari\//) ? "safari-mac" : "other";
}

/**
 * Returns the steps to allow a device, in two sentences.
 * @param given - one of the kinds, or text of the host; "" to detect the browser.
 */
export function permissionWords(given: string, traits: BrowserTraits, localize: Localize): string {
  const known = kinds.find((kind) => kind === given);
  if (given !== "" && known === undefined) return given;
  return localize(`permission.${known ?? permissionKind(traits)}`);
}
